import { isEndpointError, isUploadError, type UploadError } from './upload-error.js'

/** How long and how often a failed request is tried again. */
export interface RetryPolicy {
  /** Time to go on trying without any progress. @default 300 */
  readonly budgetSeconds: number
  /** A clock that nobody can set; it may stand still while the computer sleeps. */
  readonly now: () => number
  /** The clock on the wall, which goes on meanwhile. */
  readonly wallNow: () => number
  readonly random: () => number
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

const shortestDelayMs = 500
const longestDelayMs = 20_000

export const defaultRetryPolicy: RetryPolicy = {
  budgetSeconds: 300,
  now: () => performance.now(),
  wallNow: Date.now,
  random: Math.random,
  sleep,
}

/**
 * The wait before attempt `attempt` + 1: exponential with full jitter, or what the server asked for.
 *
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function retryDelayMs(attempt: number, error: unknown, random: () => number): number {
  const ceiling = Math.min(longestDelayMs, shortestDelayMs * 2 ** attempt)
  const asked = isEndpointError(error) ? (error.retryAfterSeconds ?? 0) * 1000 : 0
  return Math.max(asked, random() * ceiling)
}

/** What bounds the attempts, and who hears of a failure that is not the last word. */
export interface RetryScope {
  readonly policy: RetryPolicy
  readonly signal: AbortSignal
  readonly onRetry?: (error: UploadError) => void
}

/** Runs `attempt` until it succeeds, fails for good, or the budget is used up. */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  { policy, signal, onRetry }: RetryScope,
): Promise<T> {
  const startedAt = policy.now()
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt()
    } catch (error) {
      const delayMs = retryDelayMs(failures, error, policy.random)
      const spentMs = policy.now() - startedAt + delayMs
      const mayRetry = isUploadError(error) && error.retryable && !signal.aborted
      if (!mayRetry || spentMs > policy.budgetSeconds * 1000) throw error
      onRetry?.(error)
      await policy.sleep(delayMs, signal)
    }
  }
}

/** Waits; the wait is over early when the browser comes back online. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      globalThis.removeEventListener('online', wake)
      finish()
    }
    const stop = () => settle(() => reject(signal.reason))
    const wake = () => settle(resolve)
    const timer = setTimeout(wake, milliseconds)
    signal.addEventListener('abort', stop)
    globalThis.addEventListener('online', wake)
    if (signal.aborted) stop()
  })
}
