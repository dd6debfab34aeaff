import type { Runtime } from '../../async/runtime.js'
import { gotNothing, mayPass } from '../errors/error-kinds.js'
import {
  isEndpointError,
  isStorageError,
  isUploadError,
  type UploadError,
} from '../errors/upload-error.js'
import type { Delay } from '../store/upload-record.js'

/** How long a failed request is tried again. */
export interface RetryPolicy {
  /** Time to keep trying without any progress. @default 300 */
  readonly budgetSeconds: number
}

/** What repeated requests are bound by. */
export interface Retrying {
  readonly policy: RetryPolicy
  readonly runtime: Runtime
}

const minDelayMs = 500
const maxDelayMs = 20_000
/** A browser may be wrong about being offline: a try from time to time shows it. */
export const maxOfflineMs = 30_000
/**
 * What counts of an attempt at most: a computer may have slept meanwhile, and of a browser's six connections to a host each may
 * have died without a word.
 */
export const maxAttemptMs = 30_000

export const defaultRetryPolicy: RetryPolicy = { budgetSeconds: 300 }

/**
 * The wait before attempt `attempt` + 1: exponential with full jitter, or what the server asked for, which may take no
 * more than is left of the budget.
 *
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function retryDelayMs(
  attempt: number,
  error: unknown,
  {
    policy: { budgetSeconds },
    runtime: { random },
  }: { readonly policy: RetryPolicy; readonly runtime: Pick<Runtime, 'random'> },
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

/** What ends the attempts, and who hears of a failure that is followed by another attempt. */
export interface RetryScope extends Retrying {
  readonly signal: AbortSignal
  readonly onRetry?: (error: UploadError) => void
}

/** What an attempt has cost when it failed. */
export interface AttemptCost {
  readonly elapsedMs: number
  readonly random: () => number
}

/** Counts the failures of one piece of work, and the time that it has spent failing. */
export class RetryBudget {
  readonly #retrying: Retrying
  #failures = 0
  #spentMs = 0

  constructor(retrying: Retrying) {
    this.#retrying = retrying
  }

  /** Milliseconds to wait before the next attempt; throws the error when the budget is used up. Being offline is free. */
  delayMs(error: UploadError, { elapsedMs, random }: AttemptCost): number {
    const { policy, runtime } = this.#retrying
    if (seemsOffline(error, runtime)) return maxOfflineMs
    this.#failures += 1
    this.#spentMs += Math.min(elapsedMs, maxAttemptMs)
    const chance = { policy, runtime: { random } }
    const delayMs = retryDelayMs(this.#failures, error, chance, this.#spentMs)
    this.#spentMs += delayMs
    if (this.#spentMs > policy.budgetSeconds * 1000) throw error
    return delayMs
  }
}

/** Runs `attempt` until it succeeds, fails for good, or the budget is used up; it is told its number, from 1. */
export async function withRetry<T>(
  attempt: (number: number) => Promise<T>,
  { policy, runtime, signal, onRetry }: RetryScope,
): Promise<T> {
  const budget = new RetryBudget({ policy, runtime })
  for (let number = 1; ; number += 1) {
    const startedAt = runtime.now()
    try {
      return await attempt(number)
    } catch (error) {
      if (!isUploadError(error) || !mayPass(error) || signal.aborted) throw error
      const { random } = runtime
      const delayMs = budget.delayMs(error, { elapsedMs: runtime.now() - startedAt, random })
      onRetry?.(error)
      await runtime.sleep(delayMs, signal)
    }
  }
}

/** Whether the browser is offline and that is why no answer came: such failures are waited out, not counted. */
export function seemsOffline(error: UploadError, { isOnline }: Pick<Runtime, 'isOnline'>): boolean {
  return gotNothing(error) && !isOnline()
}

/** What a record says of an upload that waits for `delayMs` after this failure, or for a slot. */
export function delayAfter(
  error: UploadError | undefined,
  runtime: Pick<Runtime, 'isOnline' | 'wallNow'>,
  delayMs?: number,
): Delay {
  const isOffline = error ? seemsOffline(error, runtime) : !runtime.isOnline()
  if (isOffline) return { reason: 'offline' }
  const retryAt = delayMs === undefined ? undefined : runtime.wallNow() + delayMs
  return error ? { reason: 'retry', retryAt, lastError: error } : {}
}
