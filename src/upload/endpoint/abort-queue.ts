import { maxBatchSize } from '../../protocol/operations.js'
import { isWorthlessToken } from '../failure.js'
import { longestOfflineMs, type RetryPolicy, retryDelayMs, seemsOffline } from '../retry.js'
import { toUploadError } from '../upload-error.js'
import { refusalOf } from './endpoint-refusal.js'
import type { UploadClient } from './upload-client.js'

/** Tells the server which uploads nobody wants any more. */
export interface AbortQueue {
  /** Resolves with whether nothing of the upload is left, or nobody can ask for it any more; never rejects. */
  abort(token: string): Promise<boolean>
}

interface Unwanted {
  readonly token: string
  readonly done: (isGone: boolean) => void
  failures: number
}

/** What the queue works with. */
export interface AbortQueueOptions {
  readonly client: UploadClient
  readonly policy: RetryPolicy
}

/** More attempts are left to a later page, or to the bucket's lifecycle rule for unfinished uploads. */
const mostAttempts = 12

/** Creates the queue; it outlives the engine, because an abort is owed even when all other work has ended. */
export function createAbortQueue({ client, policy }: AbortQueueOptions): AbortQueue {
  const { signal } = new AbortController()
  let waiting: Unwanted[] = []

  const flush = async () => {
    const unwanted = waiting
    waiting = []
    for (let start = 0; start < unwanted.length; start += maxBatchSize) {
      const again = await attempt(unwanted.slice(start, start + maxBatchSize))
      if (again.length > 0) void retry(again)
    }
  }

  const attempt = async (batch: readonly Unwanted[]): Promise<readonly Failed[]> => {
    try {
      const tokens = batch.map(({ token }) => token)
      const answers = await client.abortUploads(tokens, { signal })
      return batch.flatMap((item, index) => {
        const answer = answers[index]
        return answer && 'error' in answer ? settle(item, refusalOf(answer)) : settle(item)
      })
    } catch (error) {
      return batch.flatMap((item) => settle(item, error))
    }
  }

  const settle = (item: Unwanted, thrown?: unknown): Failed[] => {
    const error = thrown === undefined ? undefined : toUploadError(thrown)
    const isOffline = error !== undefined && seemsOffline(error, policy)
    if (!isOffline) item.failures += 1
    if (!error?.retryable || item.failures >= mostAttempts) {
      item.done(error === undefined || isWorthlessToken(error))
      return []
    }
    const delayMs = isOffline ? longestOfflineMs : retryDelayMs(item.failures, error, policy.random)
    return [{ item, delayMs }]
  }

  const retry = async (failed: readonly Failed[]) => {
    await policy.sleep(Math.max(...failed.map(({ delayMs }) => delayMs)), signal)
    for (const { item } of failed) join(item)
  }

  const join = (item: Unwanted) => {
    if (waiting.length === 0) queueMicrotask(() => void flush())
    waiting.push(item)
  }

  return {
    abort: (token) => new Promise((done) => join({ token, done, failures: 0 })),
  }
}

interface Failed {
  readonly item: Unwanted
  readonly delayMs: number
}
