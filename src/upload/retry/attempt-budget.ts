import {
  isCongestion,
  isExpired,
  isOutOfStep,
  mayPass,
  needsNewTransfer,
  wasTriedAgain,
} from '../errors/error-kinds.js'
import {
  isEndpointError,
  isNetworkError,
  isStorageError,
  type UploadError,
  type UploadErrorCode,
} from '../errors/upload-error.js'
import { type FailedAttempt, isLineBreak, minBreakMs } from './failed-attempt.js'
import {
  breakDelayMs,
  maxAttemptMs,
  maxOfflineMs,
  type Retrying,
  retryDelayMs,
  seemsOffline,
} from './retry-policy.js'

/** A refusal that the browser hides is not taken for a weak line any longer than this. */
const silentRefusalSeconds = 30
const minSilentRefusals = 4

/** So often a signature may grow old on the way; then the line is too slow for it. */
const maxOldSignatures = 3

/** What all requests of the page have shown of the storage. */
interface StorageSeen {
  readonly hasAnswered: boolean
  readonly congestions: number
}

/** Decides for one file whether a failed attempt is worth another, and when. */
export class AttemptBudget {
  readonly #retrying: Retrying
  readonly #storage: StorageSeen
  #failures = 0
  /** Failures of each kind in a row: a line that breaks is tried again soon, a storage that is busy is not. */
  #breaks = 0
  #refusals = 0
  #silentRefusals = 0
  #oldSignatures = 0
  /** Reasons for which the file was signed or sent again. */
  readonly #begunAgainFor = new Set<UploadErrorCode>()
  /** Whether the last attempt sent bytes although the browser believed to be offline. */
  #hasSentOffline = false
  /** Time spent failing: waits between attempts, and attempts in which nothing moved. */
  #spentMs = 0

  constructor(retrying: Retrying, storage: StorageSeen) {
    this.#retrying = retrying
    this.#storage = storage
  }

  /** Milliseconds to wait before the next attempt; undefined when the failure is final. */
  nextDelayMs(attempt: FailedAttempt): number | undefined {
    if (this.#isOffline(attempt)) return maxOfflineMs
    const { error, sentBytes, durationMs } = attempt
    const isBreak = isLineBreak(attempt)
    this.#failures += 1
    this.#breaks = isBreak ? this.#breaks + 1 : 0
    this.#refusals = isBreak ? 0 : this.#refusals + 1
    this.#spentMs += sentBytes === 0 ? Math.min(durationMs, maxAttemptMs) : 0
    // A break costs as much as any failure, however soon it is tried again.
    const number = isBreak ? this.#failures : this.#refusalsKnown(error)
    const costMs = retryDelayMs(number, error, this.#retrying, this.#spentMs)
    this.#spentMs += costMs
    const isSpent = this.#spentMs > this.#retrying.policy.budgetSeconds * 1000
    if (isSpent || !this.#isCurable(attempt)) return undefined
    return isBreak ? breakDelayMs(this.#breaks, this.#retrying.runtime.random) : costMs
  }

  /** A line may go while bytes are on it; a browser that sends some again errs, and nothing is sent without bound. */
  #isOffline({ error, sentBytes }: FailedAttempt): boolean {
    const hasErred = this.#hasSentOffline && sentBytes > 0
    const seemsSo = seemsOffline(error, this.#retrying.runtime)
    this.#hasSentOffline = seemsSo && sentBytes > 0
    return seemsSo && !hasErred
  }

  /** A storage that is busy has refused others too. */
  #refusalsKnown(error: UploadError): number {
    return Math.max(this.#refusals, isCongestion(error) ? this.#storage.congestions : 0)
  }

  #isCurable({ error, sentBytes, durationMs, isSignatureOld = false }: FailedAttempt): boolean {
    if (isNetworkError(error) && mayPass(error)) {
      // S3 has accepted uploads from this page, so CORS works: treat it as a network failure.
      if (this.#storage.hasAnswered) return true
      // Not a byte, and soon: rather a refusal the browser hides than a weak line. A stall is no refusal.
      const isSilentRefusal = error.code === 'network' && durationMs < minBreakMs
      if (sentBytes === 0 && isSilentRefusal) this.#silentRefusals += 1
      return this.#silentRefusals < minSilentRefusals || this.#spentMs < silentRefusalSeconds * 1000
    }
    if (isStorageError(error) && error.needsNewSignature) {
      // That one has grown old on the way says nothing against the next.
      if (isSignatureOld && isExpired(error)) return this.#isOnceMoreOld()
      // A fresh signature that is refused for the same reason will be refused again.
      return this.#isNew(error)
    }
    if (needsNewTransfer(error) || isOutOfStep(error)) {
      // S3 took the file and the server cannot see it: sending it over and over would not show it.
      return this.#isNew(error)
    }
    if (isEndpointError(error)) return mayPass(error) && error.concerns === 'file'
    return mayPass(error) && !wasTriedAgain(error)
  }

  #isOnceMoreOld(): boolean {
    this.#oldSignatures += 1
    return this.#oldSignatures <= maxOldSignatures
  }

  #isNew({ code }: UploadError): boolean {
    const isNew = !this.#begunAgainFor.has(code)
    this.#begunAgainFor.add(code)
    return isNew
  }
}
