import { minPartBytes } from '../../s3/limits.js'
import type { FileChecksums } from '../checksum/file-checksums.js'
import type { Signature } from '../endpoint/signatures.js'
import {
  CancelledError,
  isEndpointError,
  isStorageError,
  type UploadError,
} from '../errors/upload-error.js'
import type { AttemptBudget } from '../retry/attempt-budget.js'
import { type FailedAttempt, isLineBreak } from '../retry/failed-attempt.js'
import type { UploadRecord } from '../store/upload-record.js'

/** Controls one upload: what outlives an attempt, and whether another may follow. */
export class UploadControl {
  readonly id: string
  readonly budget: AttemptBudget
  /** Number of attempts so far. */
  attempts = 0
  /** Bytes of the file that the present attempt has sent. */
  sentBytes = 0
  /** When the present attempt took its transfer slot. */
  sendingSince: number | undefined
  /** What the present attempt is signed with, and the next one too as long as it is fresh. */
  signature: Signature | undefined
  /** Whether the file is to go in the smallest parts, since larger requests do not come through. */
  smallParts: 'unneeded' | 'wanted' | 'refused' = 'unneeded'
  /** What S3 had of the file when its parts were last looked for, in vain. */
  listedBytes = 0
  /** How often an attempt has ended because the file gave no byte. */
  pauses = 0
  /** Follows work that reads the file, and says when the file does not answer. */
  follow: <T>(work: Promise<T>) => Promise<T> = (work) => work
  /** Computed so far. */
  checksums: FileChecksums | undefined
  /** Answers of a busy storage to the whole file. */
  #busyAnswers = 0
  readonly #cancellation = new AbortController()
  #attempt = new AbortController()
  #isPaused = false
  #failure: UploadError | undefined
  #wake: (() => void) | undefined

  constructor(id: string, budget: AttemptBudget) {
    this.id = id
    this.budget = budget
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  get isCancelled(): boolean {
    return this.cancelled.aborted
  }

  /** Aborted when the upload is cancelled, with a `CancelledError` as its reason. */
  get cancelled(): AbortSignal {
    return this.#cancellation.signal
  }

  /** Ends the present attempt; the upload waits until it is resumed. */
  pause(): void {
    this.#isPaused = true
    this.#attempt.abort()
  }

  /** Lets a paused upload begin its next attempt. */
  resume(): void {
    this.#isPaused = false
    this.#wake?.()
  }

  /** Ends the present attempt and has the next one fail. */
  fail(error: UploadError): void {
    this.#failure = error
    this.#attempt.abort(error)
    this.#wake?.()
  }

  /** Ends the present attempt and every further one. */
  cancel(): void {
    const reason = new CancelledError()
    this.#cancellation.abort(reason)
    this.#attempt.abort(reason)
    this.#wake?.()
  }

  /** Waits while paused, then gives the signal of a new attempt. Throws when cancelled. */
  async startAttempt(): Promise<AbortSignal> {
    while (this.#isPaused && !this.isCancelled && !this.#failure) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    this.cancelled.throwIfAborted()
    if (this.#failure) throw this.#failure
    this.attempts += 1
    this.sentBytes = 0
    this.sendingSince = undefined
    this.#attempt = new AbortController()
    return this.#attempt.signal
  }

  /** A request that broke, or that a busy storage refuses again, is too large: smaller ones come through, or cost less. */
  noteSize(attempt: FailedAttempt, { size }: Pick<UploadRecord, 'size'>): void {
    const { error } = attempt
    if (isStorageError(error) && error.isCongestion) this.#busyAnswers += 1
    const isTooLarge = isLineBreak(attempt) || this.#busyAnswers >= 2
    if (!isTooLarge || size < minPartBytes || this.smallParts !== 'unneeded') return
    this.smallParts = 'wanted'
    this.dropSignature()
  }

  /** A server that cannot create a multipart upload may take the file whole, as it did before. */
  isWishRefused(error: UploadError): boolean {
    if (this.smallParts !== 'wanted' || !isEndpointError(error) || error.retryable) return false
    this.smallParts = 'refused'
    return true
  }

  /** Forgets the signature, so that the next attempt gets a new one. */
  dropSignature(): void {
    this.signature?.release()
    this.signature = undefined
  }
}
