import { type RetryPolicy, retryDelayMs } from './retry.js'
import {
  isEndpointError,
  isNetworkError,
  isStorageError,
  type UploadError,
} from './upload-error.js'

/** Failures in a row after which a file is given up, however much time is left. */
const mostFailures = 10

/** Times the storage may seem to refuse without a readable answer while the signing endpoint can be reached. */
const mostSilentRefusals = 3

/** What an attempt had done when it failed. */
export interface FailedAttempt {
  readonly error: UploadError
  readonly sentBytes: number
  readonly size: number
}

/** Decides for one file whether a failed attempt is worth another, and when. */
export class AttemptBudget {
  readonly #policy: RetryPolicy
  #failures = 0
  #silentRefusals = 0
  #lastProgressAt: number
  #hasSignedAgain = false

  constructor(policy: RetryPolicy) {
    this.#policy = policy
    this.#lastProgressAt = policy.now()
  }

  /** Milliseconds to wait before the next attempt; undefined when the failure is final. */
  nextDelayMs(attempt: FailedAttempt): number | undefined {
    this.#failures += 1
    if (!this.#isCurable(attempt) || this.#failures > mostFailures) return undefined
    if (attempt.sentBytes > 0) this.#lastProgressAt = this.#policy.now()
    const delayMs = retryDelayMs(this.#failures, attempt.error, this.#policy.random)
    const withoutProgressMs = this.#policy.now() + delayMs - this.#lastProgressAt
    return withoutProgressMs > this.#policy.budgetSeconds * 1000 ? undefined : delayMs
  }

  #isCurable({ error, sentBytes, size }: FailedAttempt): boolean {
    if (isStorageError(error) && error.needsNewSignature) {
      // A fresh signature that is refused as well will be refused again.
      const isFirst = !this.#hasSignedAgain
      this.#hasSignedAgain = true
      return isFirst
    }
    if (isNetworkError(error)) {
      // Nothing sent, or all of it, and no answer: rather a refusal the browser hides than a weak line.
      if (sentBytes === 0 || sentBytes >= size) this.#silentRefusals += 1
      return this.#silentRefusals <= mostSilentRefusals
    }
    // The queue of signatures has spent its own budget on the endpoint already.
    if (isEndpointError(error)) return error.code === 'upload-not-found'
    return error.retryable
  }
}
