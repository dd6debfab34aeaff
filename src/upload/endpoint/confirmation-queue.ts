import {
  type CompletedUpload,
  maxBatchSize,
  type PendingUpload,
  type Refused,
} from '../../protocol/operations.js'
import { toEndpointError } from '../errors/endpoint-refusal.js'
import {
  CancelledError,
  EndpointError,
  toUploadError,
  type UploadError,
} from '../errors/upload-error.js'
import {
  maxOfflineMs,
  type RetryPolicy,
  retryDelayMs,
  seemsOffline,
} from '../retry/retry-policy.js'
import type { EndpointQueueOptions } from './endpoint-queue.js'

/** A batch goes out when it is full, when no file joined it for a moment, or after this long at most. */
const idleMs = 500
const maxWaitMs = 10_000

/** S3 puts the parts of the largest objects together within minutes; an upload asks twice before it fails. */
const maxPendingMs = 15 * 60_000

/** How long the server may ask to wait, however soon failures end an upload. */
const minPendingSeconds = 20

interface Waiting {
  readonly token: string
  readonly alone: boolean
  readonly resolve: (upload: CompletedUpload) => void
  readonly reject: (reason: UploadError) => void
  /** Whether a request for it is on its way. */
  isAsked: boolean
  /** Whether the file was cancelled: it is not asked for again. */
  isWithdrawn: boolean
  failures: number
  waitedMs: number
  /** How long the server has said that S3 is still at it. */
  pendingMs: number
}

/** Asks the server whether uploads are really in the bucket, many in one request. */
export class ConfirmationQueue {
  readonly #options: EndpointQueueOptions
  #waiting: Waiting[] = []
  /** All that have no answer yet. */
  readonly #open = new Set<Waiting>()
  /** By id: those that may be confirmed sooner or later. */
  readonly #uploads = new Set<string>()
  #stopIdleTimer = () => {}
  #stopMaxWaitTimer: (() => void) | undefined

  constructor(options: EndpointQueueOptions) {
    this.#options = options
  }

  /** Notes that an upload has begun, which is going to be confirmed. */
  opened(id: string): void {
    this.#uploads.add(id)
  }

  /** Notes that an upload has ended: those that wait are asked for at once if none but they are left. */
  ended(id: string): void {
    this.#uploads.delete(id)
    this.#flushIfAllWait()
  }

  /** How many uploads have begun and not ended. */
  get openCount(): number {
    return this.#uploads.size
  }

  /**
   * Resolves when the server has seen the object; rejects with its refusal.
   *
   * An upload that is to be asked for `alone` waits for no others, nor do they for it.
   */
  async confirm(token: string, { alone }: { readonly alone: boolean }): Promise<CompletedUpload> {
    const fresh = { isAsked: false, isWithdrawn: false, failures: 0, waitedMs: 0, pendingMs: 0 }
    return await new Promise<CompletedUpload>((resolve, reject) => {
      const item: Waiting = {
        token,
        alone,
        ...fresh,
        resolve: (upload) => {
          this.#open.delete(item)
          resolve(upload)
        },
        reject: (reason) => {
          this.#open.delete(item)
          reject(reason)
        },
      }
      this.#open.add(item)
      this.#join(item)
      this.#flushIfAllWait()
    })
  }

  /** Asks for an upload no more. One that is being asked for right now still gets the answer to that. */
  withdraw(token: string): void {
    for (const item of this.#open) {
      if (item.token !== token) continue
      item.isWithdrawn = true
      if (!item.isAsked) item.reject(new CancelledError())
    }
    this.#waiting = this.#waiting.filter(({ isWithdrawn }) => !isWithdrawn)
  }

  /** No other upload can join them soon. */
  #flushIfAllWait(): void {
    if (this.#uploads.size <= this.#open.size) this.#flush()
  }

  #flush(): void {
    this.#stopIdleTimer()
    this.#stopMaxWaitTimer?.()
    this.#stopMaxWaitTimer = undefined
    const batch = this.#waiting
    this.#waiting = []
    if (batch.length > 0) void this.#confirmBatch(batch)
  }

  #join(item: Waiting): void {
    if (item.alone) {
      void this.#confirmBatch([item])
      return
    }
    this.#waiting.push(item)
    if (this.#waiting.length >= maxBatchSize) {
      this.#flush()
      return
    }
    const { setTimer } = this.#options.runtime
    this.#stopIdleTimer()
    this.#stopIdleTimer = setTimer(() => this.#flush(), idleMs)
    this.#stopMaxWaitTimer ??= setTimer(() => this.#flush(), maxWaitMs)
  }

  async #confirmBatch(batch: readonly Waiting[]): Promise<void> {
    const again = await this.#ask(batch)
    if (again.length > 0) await this.#askAgain(again)
  }

  /** Settles what the server has decided, and returns what it has to be asked once more. */
  async #ask(batch: readonly Waiting[]): Promise<readonly Again[]> {
    const { client, onRetry } = this.#options
    const request = this.#openRequest(batch)
    try {
      const tokens = batch.map((item) => item.token)
      const answers = await client.completeUploads(tokens, request)
      onRetry(undefined)
      return batch.flatMap((item, index) => this.#settle(item, answers[index]))
    } catch (thrown) {
      const error = toUploadError(thrown)
      const again = batch.flatMap((item) => this.#retryOrReject(item, error))
      if (again.length > 0) onRetry(error)
      return again
    } finally {
      request.close()
    }
  }

  /** Ends with the engine; unless an abort waits for the answer, which must not overtake what the server is doing. */
  #openRequest(batch: readonly Waiting[]): { signal: AbortSignal; close: () => void } {
    const { signal } = this.#options
    const ending = new AbortController()
    const end = () => {
      if (!batch.some(({ isWithdrawn }) => isWithdrawn)) ending.abort(signal.reason)
    }
    if (signal.aborted) end()
    signal.addEventListener('abort', end)
    for (const item of batch) item.isAsked = true
    return {
      signal: ending.signal,
      close() {
        signal.removeEventListener('abort', end)
        for (const item of batch) item.isAsked = false
      },
    }
  }

  #settle(item: Waiting, answer: Answer | undefined): readonly Again[] {
    if (answer === undefined) {
      return this.#retryOrReject(item, toUploadError(new Error('No answer for this file.')))
    }
    if ('error' in answer) return this.#retryOrReject(item, toEndpointError(answer))
    if ('state' in answer) return this.#waitForStorage(item, answer)
    item.resolve(answer)
    return []
  }

  #retryOrReject(item: Waiting, error: UploadError): readonly Again[] {
    const { policy, runtime } = this.#options
    const isOffline = seemsOffline(error, runtime)
    if (!isOffline) item.failures += 1
    const delayMs = isOffline
      ? maxOfflineMs
      : retryDelayMs(item.failures, error, this.#options, item.waitedMs)
    if (!isOffline) item.waitedMs += delayMs
    if (!item.isWithdrawn && mayAskAgain(item, error, policy)) return [{ item, delayMs }]
    item.reject(error)
    return []
  }

  /** S3 is still at it, which costs no retry. */
  #waitForStorage(item: Waiting, { retryAfterSeconds }: PendingUpload): readonly Again[] {
    const { budgetSeconds } = this.#options.policy
    const maxSeconds = Math.max(budgetSeconds, minPendingSeconds)
    const delayMs = Math.max(Math.min(retryAfterSeconds, maxSeconds), 1) * 1000
    item.pendingMs += delayMs
    if (!item.isWithdrawn && item.pendingMs <= maxPendingMs) return [{ item, delayMs }]
    item.reject(stillPending())
    return []
  }

  /** Together, so that they share a request once more. */
  async #askAgain(again: readonly Again[]): Promise<void> {
    const { runtime, signal } = this.#options
    try {
      await runtime.sleep(Math.max(...again.map(({ delayMs }) => delayMs)), signal)
      for (const { item } of again) {
        if (!item.isWithdrawn) this.#join(item)
      }
    } catch (error) {
      for (const { item } of again) item.reject(toUploadError(error))
    }
  }
}

type Answer = CompletedUpload | PendingUpload | Refused

interface Again {
  readonly item: Waiting
  readonly delayMs: number
}

function stillPending(): EndpointError {
  return new EndpointError(
    'All bytes are sent, and the storage has not put the file together within half an hour. Try again: nothing is sent twice.',
    { code: 'completion-pending', status: 200, retryable: true, concerns: 'file' },
  )
}

/** Whether to send a file, or parts of it, again is for the upload to decide. */
const decidedElsewhere: ReadonlySet<string> = new Set([
  'upload-not-found',
  'parts-missing',
  'unexpected',
])

function mayAskAgain({ waitedMs }: Waiting, error: UploadError, policy: RetryPolicy): boolean {
  // What is no answer refuses nothing, and all bytes are stored.
  const isOpen = error.retryable || error.code === 'endpoint-answer'
  if (!isOpen || decidedElsewhere.has(error.code)) return false
  return waitedMs <= policy.budgetSeconds * 1000
}
