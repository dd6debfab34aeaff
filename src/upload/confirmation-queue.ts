import { type CompletedUpload, maxBatchSize } from '../protocol/operations.js'
import { type RetryPolicy, withRetry } from './retry.js'
import { refusalOf, type SigningClient } from './signing-client.js'

/** Asks the server whether uploads are really in the bucket, many in one request. */
export interface ConfirmationQueue {
  /** Resolves when the server has seen the object; rejects with its refusal. */
  confirm(token: string): Promise<CompletedUpload>
  /** Asks at once for all that wait, because nothing further will join them soon. */
  flush(): void
}

/** A batch goes out when it is full, when nobody joined it for a moment, or after this long at most. */
const idleMs = 500
const longestWaitMs = 10_000

interface Waiting {
  readonly token: string
  readonly resolve: (upload: CompletedUpload) => void
  readonly reject: (reason: unknown) => void
}

/** Creates the queue; `signal` ends its requests. */
export function createConfirmationQueue({
  client,
  policy,
  signal,
}: {
  client: SigningClient
  policy: RetryPolicy
  signal: AbortSignal
}): ConfirmationQueue {
  let waiting: Waiting[] = []
  let idleTimer: ReturnType<typeof setTimeout> | undefined
  let longestTimer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    clearTimeout(idleTimer)
    clearTimeout(longestTimer)
    longestTimer = undefined
    const batch = waiting
    waiting = []
    if (batch.length > 0) void confirmBatch(batch)
  }

  const confirmBatch = async (batch: readonly Waiting[]) => {
    try {
      const tokens = batch.map((item) => item.token)
      const ask = () => client.completeUploads(tokens, { signal })
      const answers = await withRetry(ask, { policy, signal })
      for (const [index, item] of batch.entries()) {
        const answer = answers[index]
        if (!answer) continue
        if ('receipt' in answer) item.resolve(answer)
        else if ('error' in answer) item.reject(refusalOf(answer))
        else void askAgain(item, answer.retryAfterSeconds)
      }
    } catch (error) {
      for (const item of batch) item.reject(error)
    }
  }

  const askAgain = async (item: Waiting, afterSeconds: number) => {
    try {
      await policy.sleep(afterSeconds * 1000, signal)
      join(item)
    } catch (error) {
      item.reject(error)
    }
  }

  const join = (item: Waiting) => {
    waiting.push(item)
    if (waiting.length >= maxBatchSize) {
      flush()
      return
    }
    clearTimeout(idleTimer)
    idleTimer = setTimeout(flush, idleMs)
    longestTimer ??= setTimeout(flush, longestWaitMs)
  }

  return {
    flush,
    confirm: (token) =>
      new Promise<CompletedUpload>((resolve, reject) => join({ token, resolve, reject })),
  }
}
