import { isOutOfStep, needsNewTransfer } from './failure.js'
import {
  longestAttemptMs,
  longestOfflineMs,
  type RetryPolicy,
  retryDelayMs,
  seemsOffline,
} from './retry.js'
import {
  isEndpointError,
  isNetworkError,
  isStorageError,
  type UploadError,
} from './upload-error.js'

/** A refusal that the browser hides is not taken for a weak line any longer than this. */
const silentRefusalSeconds = 30
const fewestSilentRefusals = 4

/** So often a file is sent anew because the server cannot find it, or parts of it. */
const mostNewTransfers = 1

/** What an attempt had done when it failed. */
export interface FailedAttempt {
  readonly error: UploadError
  readonly sentBytes: number
  readonly size: number
  /** How long the attempt held a transfer slot. */
  readonly durationMs: number
}

/** Decides for one file whether a failed attempt is worth another, and when. */
export class AttemptBudget {
  readonly #policy: RetryPolicy
  readonly #storage: { readonly hasSucceeded: boolean }
  #failures = 0
  #silentRefusals = 0
  #hasSignedAgain = false
  #newTransfers = 0
  /** Time spent failing: waits between attempts, and attempts in which nothing moved. */
  #spentMs = 0

  constructor(policy: RetryPolicy, storage: { readonly hasSucceeded: boolean }) {
    this.#policy = policy
    this.#storage = storage
  }

  /** Milliseconds to wait before the next attempt; undefined when the failure is final. */
  nextDelayMs(attempt: FailedAttempt): number | undefined {
    if (seemsOffline(attempt.error, this.#policy)) return longestOfflineMs
    this.#failures += 1
    const failingMs = attempt.sentBytes === 0 ? Math.min(attempt.durationMs, longestAttemptMs) : 0
    this.#spentMs += failingMs
    const delayMs = retryDelayMs(this.#failures, attempt.error, this.#policy, this.#spentMs)
    this.#spentMs += delayMs
    const isSpent = this.#spentMs > this.#policy.budgetSeconds * 1000
    return isSpent || !this.#isCurable(attempt) ? undefined : delayMs
  }

  #isCurable({ error, sentBytes, size }: FailedAttempt): boolean {
    if (isNetworkError(error) && error.retryable) {
      // What has let this page upload before hides no refusal now.
      if (this.#storage.hasSucceeded) return true
      // Nothing sent, or all of it, and no answer: rather a refusal the browser hides than a weak line.
      if (sentBytes === 0 || sentBytes >= size) this.#silentRefusals += 1
      return (
        this.#silentRefusals < fewestSilentRefusals || this.#spentMs < silentRefusalSeconds * 1000
      )
    }
    if (isStorageError(error) && error.needsNewSignature) {
      // A fresh signature that is refused as well will be refused again.
      const isFirst = !this.#hasSignedAgain
      this.#hasSignedAgain = true
      return isFirst
    }
    if (needsNewTransfer(error) || isOutOfStep(error)) {
      // S3 took the file and the server cannot see it: sending it over and over would not show it.
      this.#newTransfers += 1
      return this.#newTransfers <= mostNewTransfers
    }
    if (isEndpointError(error)) return error.retryable && error.concerns === 'file'
    return error.retryable && error.code !== 'unexpected'
  }
}
