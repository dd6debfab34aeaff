import { maxBatchSize } from '../../protocol/operations.js'
import { toEndpointError } from '../errors/endpoint-refusal.js'
import { isWorthlessToken } from '../errors/error-kinds.js'
import { toUploadError, type UploadError } from '../errors/upload-error.js'
import {
  maxAttemptMs,
  maxOfflineMs,
  type Retrying,
  retryDelayMs,
  seemsOffline,
} from '../retry/retry-policy.js'
import type { UploadClient } from './upload-client.js'

/** What the queue works with. */
export interface AbortsOptions extends Retrying {
  readonly client: UploadClient
}

interface AbortedUpload {
  readonly token: string
  readonly done: (isGone: boolean) => void
  failures: number
  /** Time spent on waits and attempts that failed. */
  spentMs: number
}

/**
 * Tells the server which uploads to abort.
 *
 * Retries for as long as all other work; then it is left to a later page, or to the bucket's lifecycle rule for
 * unfinished uploads.
 */
export class Aborts {
  readonly #options: AbortsOptions
  /** Its own signal: the queue outlives the engine, because an abort is owed even when all other work has ended. */
  readonly #signal = new AbortController().signal
  #waiting: AbortedUpload[] = []

  constructor(options: AbortsOptions) {
    this.#options = options
  }

  /** Resolves with whether nothing of the upload is left, or it can no longer be asked for; never rejects. */
  abort(token: string): Promise<boolean> {
    return new Promise((done) => this.#join({ token, done, failures: 0, spentMs: 0 }))
  }

  #join(item: AbortedUpload): void {
    if (this.#waiting.length === 0) queueMicrotask(() => void this.#flush())
    this.#waiting.push(item)
  }

  async #flush(): Promise<void> {
    const aborted = this.#waiting
    this.#waiting = []
    for (let start = 0; start < aborted.length; start += maxBatchSize) {
      const again = await this.#ask(aborted.slice(start, start + maxBatchSize))
      if (again.length > 0) void this.#askAgain(again)
    }
  }

  /** Settles what the server has decided, and returns what it has to be asked once more. */
  async #ask(batch: readonly AbortedUpload[]): Promise<readonly Again[]> {
    const { client, runtime } = this.#options
    const startedAt = runtime.now()
    const elapsedMs = () => Math.min(runtime.now() - startedAt, maxAttemptMs)
    try {
      const tokens = batch.map(({ token }) => token)
      const answers = await client.abortUploads(tokens, { signal: this.#signal })
      return batch.flatMap((item, index) => {
        const answer = answers[index]
        return answer && 'error' in answer
          ? this.#settle(item, elapsedMs(), toEndpointError(answer))
          : this.#settle(item, elapsedMs())
      })
    } catch (error) {
      return batch.flatMap((item) => this.#settle(item, elapsedMs(), error))
    }
  }

  #settle(item: AbortedUpload, elapsedMs: number, thrown?: unknown): readonly Again[] {
    const { policy } = this.#options
    const error = thrown === undefined ? undefined : toUploadError(thrown)
    const isOffline = error !== undefined && seemsOffline(error, this.#options.runtime)
    if (error && isOffline) return [{ item, delayMs: maxOfflineMs }]
    item.failures += 1
    item.spentMs += elapsedMs
    const delayMs = retryDelayMs(item.failures, error, this.#options, item.spentMs)
    item.spentMs += delayMs
    if (error && mayChange(error) && item.spentMs <= policy.budgetSeconds * 1000) {
      return [{ item, delayMs }]
    }
    item.done(error === undefined || isWorthlessToken(error))
    return []
  }

  /** Together, so that they share a request once more. */
  async #askAgain(again: readonly Again[]): Promise<void> {
    const { runtime } = this.#options
    await runtime.sleep(Math.max(...again.map(({ delayMs }) => delayMs)), this.#signal)
    for (const { item } of again) this.#join(item)
  }
}

/** What is no answer of the endpoint refuses nothing. */
function mayChange({ retryable, code }: UploadError): boolean {
  return retryable || code === 'endpoint-answer'
}

interface Again {
  readonly item: AbortedUpload
  readonly delayMs: number
}
