import type { FileDescription, SignedUpload } from '../protocol/operations.js'
import { encodeObjectKey } from '../s3/object-key.js'
import { AttemptBudget } from './attempt-budget.js'
import { type ConfirmationQueue, createConfirmationQueue } from './confirmation-queue.js'
import type { HttpTransport } from './http-transport.js'
import { defaultRetryPolicy, type RetryPolicy } from './retry.js'
import { createSignatureQueue, type Signature, type SignatureQueue } from './signature-queue.js'
import type { SigningClient } from './signing-client.js'
import { sendFile } from './single-upload.js'
import { createSlots, type Slots } from './slots.js'
import {
  CancelledError,
  FileError,
  isEndpointError,
  isNetworkError,
  isStorageError,
  toUploadError,
  type UploadError,
} from './upload-error.js'
import type { UploadedObject, UploadRecord } from './upload-record.js'
import type { UploadStore } from './upload-store.js'
import { UploadTask } from './upload-task.js'

/** What the engine works with. */
export interface UploaderOptions {
  readonly store: UploadStore
  readonly client: SigningClient
  readonly transport: HttpTransport
  /** Transfers at once. @default 6, a browser's limit of connections per host over HTTP/1.1 */
  readonly concurrency?: number | undefined
  readonly policy?: Partial<RetryPolicy> | undefined
}

/** The transfer engine: takes files of the store to the bucket and writes what happens into their records. */
export class Uploader {
  readonly #store: UploadStore
  readonly #transport: HttpTransport
  readonly #policy: RetryPolicy
  readonly #signatures: SignatureQueue
  readonly #confirmations: ConfirmationQueue
  readonly #slots: Slots
  readonly #tasks = new Map<string, UploadTask>()
  readonly #end = new AbortController()
  /** Uploads that have yet to come to their confirmation. */
  #underWay = 0

  constructor({ store, client, transport, concurrency = 6, policy }: UploaderOptions) {
    this.#store = store
    this.#transport = transport
    this.#policy = { ...defaultRetryPolicy, ...policy }
    const shared = { client, policy: this.#policy, signal: this.#end.signal }
    this.#signatures = createSignatureQueue(shared)
    this.#confirmations = createConfirmationQueue(shared)
    this.#slots = createSlots(concurrency)
  }

  /** Uploads a file of the store. Resolves when it is complete, failed or cancelled; never rejects. */
  async upload(id: string, { startPaused = false } = {}): Promise<void> {
    if (!this.#store.get(id) || this.#tasks.has(id)) return
    const task = new UploadTask(id, new AttemptBudget(this.#policy))
    if (startPaused) task.pause()
    this.#tasks.set(id, task)
    this.#underWay += 1
    try {
      const result = await this.#takeToBucket(task)
      this.#store.setState(id, { status: 'complete', result })
    } catch (thrown) {
      const error = toUploadError(thrown)
      if (!task.isCancelled) this.#store.setState(id, { status: 'failed', error })
    } finally {
      task.dropSignature()
      this.#tasks.delete(id)
      this.#leave()
    }
  }

  /** Whether work on the file is going on, waiting or paused. */
  isUploading(id: string): boolean {
    return this.#tasks.has(id)
  }

  /** Stops sending the file until it is resumed, and frees its slot. What is being confirmed goes on. */
  pause(id: string): void {
    if (this.#store.get(id)?.status !== 'finishing') this.#tasks.get(id)?.pause()
  }

  /** Goes on with a paused file. */
  resume(id: string): void {
    this.#tasks.get(id)?.resume()
  }

  /** Ends the work on a file. */
  cancel(id: string): void {
    this.#tasks.get(id)?.cancel()
  }

  /** Ends all work for good. */
  destroy(): void {
    this.#end.abort(new CancelledError())
    for (const task of this.#tasks.values()) task.cancel()
    this.#confirmations.flush()
  }

  async #takeToBucket(task: UploadTask): Promise<UploadedObject> {
    for (;;) {
      if (task.isPaused) this.#store.setState(task.id, { status: 'paused' })
      const signal = await task.startAttempt()
      try {
        return await this.#attempt(task, signal)
      } catch (thrown) {
        if (task.isCancelled) throw thrown
        if (task.isPaused) task.dropSignature()
        else {
          const stored = await this.#recover(task, toUploadError(thrown), signal)
          if (stored) return stored
        }
      }
    }
  }

  async #attempt(task: UploadTask, signal: AbortSignal): Promise<UploadedObject> {
    const record = this.#store.get(task.id)
    if (!record?.source) throw missingFile()
    if (record.status !== 'waiting') this.#store.setState(task.id, { status: 'waiting' })
    const { signature, releaseSlot } = await this.#signAndTakeSlot(task, record, signal)
    try {
      signature.use()
      this.#store.setState(task.id, { status: 'uploading' })
      await sendFile({
        signed: signature.upload,
        source: record.source,
        transport: this.#transport,
        signal,
        onProgress: (bytes) => {
          task.sentBytes = bytes
          this.#store.setProgress(task.id, bytes)
        },
      })
    } finally {
      releaseSlot()
    }
    this.#store.setState(task.id, { status: 'finishing' })
    return await this.#confirm(signature)
  }

  async #signAndTakeSlot(task: UploadTask, record: UploadRecord, signal: AbortSignal) {
    for (;;) {
      if (!task.signature?.isFresh()) {
        task.dropSignature()
        const options = { attempt: task.attempts, signal }
        task.signature = await this.#signatures.take(describe(record), options)
      }
      const { signature } = task
      const releaseSlot = await this.#slots.acquire(signal)
      // It may have grown old while all slots were taken.
      if (signature.isFresh()) return { signature, releaseSlot }
      releaseSlot()
    }
  }

  async #confirm({ upload }: Signature): Promise<UploadedObject> {
    const confirmation = this.#confirmations.confirm(upload.token)
    this.#leave()
    try {
      return { ...(await confirmation), location: locationOf(upload) }
    } finally {
      this.#underWay += 1
    }
  }

  /** Finds the object if it is in the bucket after all; else waits for the next attempt, or throws. */
  async #recover(
    task: UploadTask,
    error: UploadError,
    signal: AbortSignal,
  ): Promise<UploadedObject | undefined> {
    if (task.signature && mayBeStored(error)) {
      try {
        return await this.#confirm(task.signature)
      } catch (answer) {
        if (!isNotFound(answer)) throw answer
      }
    }
    const size = this.#store.get(task.id)?.size ?? 0
    const delayMs = task.budget.nextDelayMs({ error, sentBytes: task.sentBytes, size })
    if (delayMs === undefined) throw error
    if (isNotFound(error) || (isStorageError(error) && error.needsNewSignature)) {
      task.dropSignature()
    }
    this.#store.setState(task.id, { status: 'waiting', lastError: error })
    // Rejects when paused or cancelled, which the next attempt sees for itself.
    await this.#policy.sleep(delayMs, signal).catch(() => undefined)
    return undefined
  }

  #leave(): void {
    this.#underWay -= 1
    if (this.#underWay === 0) this.#confirmations.flush()
  }
}

function describe(record: UploadRecord): FileDescription {
  const { uploadId, name, type, size, relativePath, metadata } = record
  return { id: uploadId, name, type, size, relativePath, metadata }
}

function missingFile(): FileError {
  return new FileError(
    'The file’s content is no longer here after the reload. Choose the file again.',
    {
      code: 'file-missing',
    },
  )
}

/** Whether the bytes may have arrived although the answer says otherwise, or there was none. */
function mayBeStored(error: UploadError): boolean {
  // 412: the object exists already, and under a random key it can only be ours.
  return isNetworkError(error) || (isStorageError(error) && error.status === 412)
}

function isNotFound(error: unknown): boolean {
  return isEndpointError(error) && error.code === 'upload-not-found'
}

/** A form goes to the bucket, a PUT to the object itself. */
function locationOf({ method, url, key }: SignedUpload): string {
  const location = new URL(url)
  location.search = ''
  if (method === 'POST')
    location.pathname = `${location.pathname.replace(/\/$/, '')}/${encodeObjectKey(key)}`
  return location.href
}
