import { minPartBytes } from '../../s3/limits.js'
import { isOutOfStep, mayPass } from '../errors/error-kinds.js'
import { isEndpointError, isStorageError, type UploadError } from '../errors/upload-error.js'
import { type FailedAttempt, isLineBreak } from '../retry/failed-attempt.js'

/** The answers of a busy storage to a whole file that show it to be too large. */
const minBusyAnswers = 2

/** Whether a file is to go in the smallest parts, because larger requests do not come through or cost too much. */
export class SmallParts {
  #state: 'unneeded' | 'wanted' | 'refused' = 'unneeded'
  /** Answers of a busy storage to the whole file. */
  #busyAnswers = 0

  get areWanted(): boolean {
    return this.#state === 'wanted'
  }

  /** Whether the file has never asked for them, and may. */
  get areUnneeded(): boolean {
    return this.#state === 'unneeded'
  }

  /** Asks for them: larger ones do not come through. */
  want(): void {
    this.#state = 'wanted'
  }

  /**
   * Notes what became of a file of this size that was sent whole, and returns whether it asks for small parts now.
   *
   * A request that broke, or that a busy storage refuses again, is too large: smaller ones come through, or cost less.
   */
  noteFailure(attempt: FailedAttempt, { size }: { readonly size: number }): boolean {
    const { error } = attempt
    if (isStorageError(error) && error.isCongestion) this.#busyAnswers += 1
    const isTooLarge = isLineBreak(attempt) || this.#busyAnswers >= minBusyAnswers
    if (!isTooLarge || size < minPartBytes || !this.areUnneeded) return false
    this.want()
    return true
  }

  /**
   * Notes an error, and returns whether the server has refused them by it.
   *
   * A server that cannot create a multipart upload may take the file whole, as it did before.
   */
  noteRefusal(error: UploadError): boolean {
    // That S3 has lost an upload in parts says nothing of the next one.
    const isRefusal = isEndpointError(error) && !mayPass(error) && !isOutOfStep(error)
    if (!this.areWanted || !isRefusal) return false
    // As soon as other files are complete, there is room again.
    this.#state = error.code === 'quota-exceeded' ? 'unneeded' : 'refused'
    return true
  }
}
