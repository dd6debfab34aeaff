import type { FileDescription, SignedUpload } from '../protocol/operations.js'
import { AttemptBudget } from './attempt-budget.js'
import { createSignatureQueue, type SignatureQueue } from './endpoint/signature-queue.js'
import type { SigningClient } from './endpoint/signing-client.js'
import { isNotFound, UploadConfirmation } from './endpoint/upload-confirmation.js'
import { defaultRetryPolicy, type RetryPolicy } from './retry.js'
import type { UploadedObject, UploadRecord, UploadState } from './store/upload-record.js'
import type { UploadStore } from './store/upload-store.js'
import type { HttpTransport } from './transfer/http-transport.js'
import { sendFile } from './transfer/send-file.js'
import { createSlots, type Slots } from './transfer/slots.js'
import {
  CancelledError,
  FileError,
  isNetworkError,
  isStorageError,
  toUploadError,
  type UploadError,
} from './upload-error.js'
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
  readonly #confirmation: UploadConfirmation
  readonly #slots: Slots
  readonly #tasks = new Map<string, { task: UploadTask; end: Promise<void> }>()
  readonly #end = new AbortController()

  constructor({ store, client, transport, concurrency = 6, policy }: UploaderOptions) {
    this.#store = store
    this.#transport = transport
    this.#policy = { ...defaultRetryPolicy, ...policy }
    const shared = { client, policy: this.#policy, signal: this.#end.signal }
    this.#signatures = createSignatureQueue({
      ...shared,
      onTrouble: (error) => this.#explain('waiting', error),
    })
    this.#confirmation = new UploadConfirmation({
      ...shared,
      onTrouble: (error) => this.#explain('finishing', error),
    })
    this.#slots = createSlots(concurrency)
  }

  /**
   * Uploads a file of the store. Resolves when it is complete, failed or cancelled; never rejects.
   *
   * A file that is being uploaded already is not started again: the promise is the same.
   */
  upload(id: string, { startPaused = false } = {}): Promise<void> {
    const running = this.#tasks.get(id)
    const record = this.#store.get(id)
    if (running || !record) return running?.end ?? Promise.resolve()
    const task = new UploadTask(id, new AttemptBudget(this.#policy))
    if (startPaused) task.pause()
    const end = this.#run(task)
    this.#tasks.set(id, { task, end })
    return end
  }

  /** Whether work on the file is going on, waiting or paused. */
  isUploading(id: string): boolean {
    return this.#tasks.has(id)
  }

  /** Stops sending the file until it is resumed, and frees its slot. What is being confirmed goes on. */
  pause(id: string): void {
    this.#tasks.get(id)?.task.pause()
  }

  /** Goes on with a paused file. */
  resume(id: string): void {
    this.#tasks.get(id)?.task.resume()
  }

  /** Ends the work on a file at once; whatever comes in of it later is ignored. */
  cancel(id: string): void {
    this.#tasks.get(id)?.task.cancel()
    this.#tasks.delete(id)
    const record = this.#store.get(id)
    if (record) this.#confirmation.forget(record)
  }

  /** Ends all work for good. */
  destroy(): void {
    for (const id of [...this.#tasks.keys()]) this.cancel(id)
    this.#end.abort(new CancelledError())
  }

  async #run(task: UploadTask): Promise<void> {
    // The task is known by its id only from the next step on.
    await Promise.resolve()
    try {
      const result = await Promise.race([this.#takeToBucket(task), task.cancelled])
      this.#setState(task, { status: 'complete', result })
    } catch (thrown) {
      this.#setState(task, { status: 'failed', error: toUploadError(thrown) })
    } finally {
      task.dropSignature()
      if (!task.isCancelled) this.#tasks.delete(task.id)
      this.#confirmIfNothingElseIsLeft()
    }
  }

  async #takeToBucket(task: UploadTask): Promise<UploadedObject> {
    for (;;) {
      if (task.isPaused) this.#setState(task, { status: 'paused' })
      const signal = await task.startAttempt()
      const record = this.#store.get(task.id)
      if (!record) throw new CancelledError()
      try {
        return await this.#attempt(task, record, signal)
      } catch (thrown) {
        if (task.isCancelled) throw thrown
        // Paused, and perhaps resumed meanwhile: no failure.
        if (signal.aborted) task.dropSignature()
        else {
          const stored = await this.#recover(task, { record, signal, error: toUploadError(thrown) })
          if (stored) return stored
        }
      }
    }
  }

  async #attempt(
    task: UploadTask,
    record: UploadRecord,
    signal: AbortSignal,
  ): Promise<UploadedObject> {
    if (record.status !== 'waiting') this.#setState(task, { status: 'waiting' })
    const stored = await this.#confirmation.findUnconfirmed(record)
    if (stored) return stored
    if (!record.source) throw missingFile()
    const signed = await this.#send(task, { record, source: record.source, signal })
    this.#setState(task, { status: 'finishing' })
    const confirmed = this.#confirmation.confirmSent(record, signed, signal)
    this.#confirmIfNothingElseIsLeft()
    return await confirmed
  }

  async #send(
    task: UploadTask,
    { record, source, signal }: { record: UploadRecord; source: Blob; signal: AbortSignal },
  ): Promise<SignedUpload> {
    const { signature, releaseSlot } = await this.#signAndTakeSlot(task, record, signal)
    const { upload: signed } = signature
    const mayHaveArrived = () => this.#confirmation.expect(record, signed)
    try {
      signature.release()
      task.sendingSince = this.#policy.now()
      this.#setState(task, { status: 'uploading' })
      await sendFile({
        signed,
        source,
        transport: this.#transport,
        signal,
        onProgress: (bytes) => {
          task.sentBytes = bytes
          if (!task.isCancelled) this.#store.setProgress(task.id, bytes)
        },
      })
      mayHaveArrived()
      return signed
    } catch (error) {
      const isInterrupted = signal.aborted && task.sentBytes >= record.size
      if (!task.isCancelled && (isInterrupted || mayBeStored(error))) mayHaveArrived()
      throw error
    } finally {
      releaseSlot()
    }
  }

  async #signAndTakeSlot(task: UploadTask, record: UploadRecord, signal: AbortSignal) {
    for (let signings = 0; ; signings += 1) {
      if (!task.signature?.isFresh()) {
        task.dropSignature()
        const options = { attempt: task.attempts, signal }
        task.signature = await this.#signatures.take(describe(record), options)
      }
      const { signature } = task
      const releaseSlot = await this.#slots.acquire(signal)
      // It may have grown old while all slots were taken; if it always does, S3 shall decide.
      if (signature.isFresh() || signings >= 2) return { signature, releaseSlot }
      releaseSlot()
    }
  }

  /** Finds the object if it is in the bucket after all; else waits for the next attempt, or throws. */
  async #recover(
    task: UploadTask,
    { record, signal, error }: { record: UploadRecord; signal: AbortSignal; error: UploadError },
  ): Promise<UploadedObject | undefined> {
    this.#setState(task, { status: 'waiting', lastError: error })
    const { sentBytes, sendingSince = this.#policy.now() } = task
    const durationMs = this.#policy.now() - sendingSince
    const stored = await this.#confirmation.findUnconfirmed(record)
    if (stored) return stored
    const attempt = { error, sentBytes, size: record.size, durationMs }
    const delayMs = task.budget.nextDelayMs(attempt)
    if (delayMs === undefined) throw error
    if (mayBeTheSignature(error)) task.dropSignature()
    // Rejects when paused or cancelled, which the next attempt sees for itself.
    await this.#policy.sleep(delayMs, signal).catch(() => undefined)
    return undefined
  }

  /** Whoever waits for the endpoint waits for the same reason; a file with a signature waits for a slot. */
  #explain(status: 'waiting' | 'finishing', lastError: UploadError | undefined): void {
    for (const [id, { task }] of this.#tasks) {
      const record = this.#store.get(id)
      if (record?.status !== status || record.lastError === lastError) continue
      if (status === 'finishing' || !task.signature) this.#setState(task, { status, lastError })
    }
  }

  /** A task that was cancelled may come to its end long after another began for the same file. */
  #setState(task: UploadTask, state: UploadState): void {
    if (!task.isCancelled) this.#store.setState(task.id, state)
  }

  #confirmIfNothingElseIsLeft(): void {
    if (this.#tasks.size <= this.#confirmation.pending) this.#confirmation.flush()
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
function mayBeStored(error: unknown): boolean {
  // 412: the object exists already, and under a random key it can only be ours.
  return isNetworkError(error) || (isStorageError(error) && error.status === 412)
}

/** Whether a new signature may help; a refusal for its age often looks like no answer at all. */
function mayBeTheSignature(error: UploadError): boolean {
  return (
    isNetworkError(error) || isNotFound(error) || (isStorageError(error) && error.needsNewSignature)
  )
}
