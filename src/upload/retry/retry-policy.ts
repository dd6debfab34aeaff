import {
  isEndpointError,
  isNetworkError,
  isStorageError,
  isUploadError,
  type UploadError,
} from '../errors/upload-error.js'
import type { Delay } from '../store/upload-record.js'

/** How long and how often a failed request is tried again. */
export interface RetryPolicy {
  /** Time to go on trying without any progress. @default 300 */
  readonly budgetSeconds: number
  /** A clock that nobody can set; it may stand still while the computer sleeps. */
  readonly now: () => number
  /** The clock on the wall, which goes on meanwhile. */
  readonly wallNow: () => number
  readonly random: () => number
  /** Whether the browser believes that it has a network; `true` proves nothing. */
  readonly isOnline: () => boolean
  /** Calls `listener` when that changes; the function ends it. */
  readonly watchOnline: (listener: () => void) => () => void
  /** Waits; over early when the browser comes back online. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

const minDelayMs = 500
const maxDelayMs = 20_000
/** A browser may be wrong about being offline: a try from time to time shows it. */
export const maxOfflineMs = 30_000
/** What counts of an attempt at most: a computer may have slept meanwhile. */
export const maxAttemptMs = 60_000

export const defaultRetryPolicy: RetryPolicy = {
  budgetSeconds: 300,
  now: () => performance.now(),
  wallNow: Date.now,
  random: Math.random,
  isOnline: () => globalThis.navigator?.onLine !== false,
  watchOnline,
  sleep,
}

/** The longest that a timer can wait: beyond, it is over at once. */
const maxTimerMs = 2 ** 31 - 1

/**
 * The wait before attempt `attempt` + 1: exponential with full jitter, or what the server asked for, which may take no
 * more than is left of the budget.
 *
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function retryDelayMs(
  attempt: number,
  error: unknown,
  { random, budgetSeconds }: RetryPolicy,
  spentMs = 0,
): number {
  const ceiling = Math.min(maxDelayMs, minDelayMs * 2 ** attempt)
  const asked = isEndpointError(error) ? (error.retryAfterSeconds ?? 0) * 1000 : 0
  // Each try at a busy storage costs all its bytes, and no two of a page try at once.
  const isBusy = isStorageError(error) && error.isCongestion
  const share = isBusy ? (1 + random()) / 2 : random()
  return Math.max(Math.min(asked, budgetSeconds * 1000 - spentMs), share * ceiling)
}

const maxBreakDelayMs = 3000
/** Then all that one break has taken is back in the queue. */
export const maxFirstBreakDelayMs = 500

/** The wait after the `number`th break of the line in a row: 0.2 to 0.5 s, doubled each time. */
export function breakDelayMs(number: number, random: () => number): number {
  return Math.min((200 + 300 * random()) * 2 ** (number - 1), maxBreakDelayMs)
}

/** What bounds the attempts, and who hears of a failure that is not the last word. */
export interface RetryScope {
  readonly policy: RetryPolicy
  readonly signal: AbortSignal
  readonly onRetry?: (error: UploadError) => void
}

/** Runs `attempt` until it succeeds, fails for good, or the budget is used up; it is told its number, from 1. */
export async function withRetry<T>(
  attempt: (number: number) => Promise<T>,
  { policy, signal, onRetry }: RetryScope,
): Promise<T> {
  let spentMs = 0
  for (let number = 1; ; number += 1) {
    const startedAt = policy.now()
    try {
      return await attempt(number)
    } catch (error) {
      if (!isUploadError(error) || !error.retryable || signal.aborted) throw error
      const isOffline = seemsOffline(error, policy)
      if (!isOffline) spentMs += Math.min(policy.now() - startedAt, maxAttemptMs)
      const delayMs = isOffline ? maxOfflineMs : retryDelayMs(number, error, policy, spentMs)
      if (!isOffline) spentMs += delayMs
      if (spentMs > policy.budgetSeconds * 1000) throw error
      onRetry?.(error)
      await policy.sleep(delayMs, signal)
    }
  }
}

const unanswered: ReadonlySet<string> = new Set(['endpoint-unreachable', 'code-not-loaded'])

/** Whether the browser is offline and that is why no answer came: such failures are waited out, not counted. */
export function seemsOffline(error: UploadError, policy: RetryPolicy): boolean {
  const isUnanswered = isNetworkError(error) || unanswered.has(error.code)
  return isUnanswered && !policy.isOnline()
}

/** What a record says of an upload that waits after this failure, or for its turn. */
export function delayAfter(error: UploadError | undefined, policy: RetryPolicy): Delay {
  const isOffline = error ? seemsOffline(error, policy) : !policy.isOnline()
  return isOffline ? { reason: 'offline' } : { lastError: error }
}

function watchOnline(listener: () => void): () => void {
  const events = ['online', 'offline'] as const
  for (const event of events) globalThis.addEventListener?.(event, listener)
  return () => {
    for (const event of events) globalThis.removeEventListener?.(event, listener)
  }
}

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
    const timer = setTimeout(wake, Math.min(milliseconds, maxTimerMs))
    signal.addEventListener('abort', stop)
    globalThis.addEventListener('online', wake)
    if (signal.aborted) stop()
  })
}
