import type { Aborts } from '../endpoint/aborts.js'
import type { Reservation } from '../resume/resumption.js'
import type { UploadRecord } from '../store/upload-record.js'
import type { MultipartState } from './multipart-state.js'

/** A multipart upload and its place in the store of resume records, if it has one. */
export interface ReservedMultipart {
  readonly upload: MultipartState
  readonly reservation: Reservation | undefined
}

/** The file that a multipart upload belongs to. */
type FileOfMultipart = Pick<UploadRecord, 'uploadId'>

/** Registers every multipart upload of this page that was created and has neither been completed nor aborted. */
export class MultipartUploads {
  readonly #aborts: Pick<Aborts, 'abort'>
  /** By the upload id of the record; outlives a failed upload, so that a retry continues where it stopped. */
  readonly #open = new Map<string, ReservedMultipart>()
  /** By the same id: what an earlier page may have left, looked for once however often a file is paused meanwhile. */
  readonly #finding = new Map<string, Promise<MultipartState | undefined>>()
  #isReleased = false

  constructor(aborts: Pick<Aborts, 'abort'>) {
    this.#aborts = aborts
  }

  /** Finds the multipart upload of this file: in this page, or else by `resume`, which looks for an earlier page's. */
  async find(
    file: FileOfMultipart,
    resume: () => Promise<ReservedMultipart | undefined>,
  ): Promise<MultipartState | undefined> {
    const { uploadId } = file
    const known = this.#open.get(uploadId)
    if (known) return known.upload
    const finding =
      this.#finding.get(uploadId) ?? resume().then((found) => found && this.take(file, found))
    this.#finding.set(uploadId, finding)
    return await finding.finally(() => this.#finding.delete(uploadId))
  }

  /** Takes a multipart upload into the registry; after `release` it is left to another page at once. */
  take({ uploadId }: FileOfMultipart, multipart: ReservedMultipart): MultipartState {
    if (this.#isReleased) multipart.reservation?.release()
    else this.#open.set(uploadId, multipart)
    return multipart.upload
  }

  /** Forgets the upload of a file that is complete; has it aborted if the file has arrived by another attempt. */
  async complete(file: FileOfMultipart, token: string): Promise<void> {
    const multipart = this.#open.get(file.uploadId)
    if (multipart && multipart.upload.facts.token !== token) await this.abort(file)
    else this.end(file)
  }

  /** Forgets an upload that S3 no longer has. */
  end({ uploadId }: FileOfMultipart): void {
    this.#open.get(uploadId)?.reservation?.forget()
    this.#open.delete(uploadId)
  }

  /** Forgets an upload that another page continues. */
  leave(file: FileOfMultipart): void {
    this.#remove(file)
  }

  /** No other page is to go on with the upload of a file, which may yet be given up. */
  hold({ uploadId }: FileOfMultipart): void {
    this.#open.get(uploadId)?.reservation?.markDiscarded()
  }

  /** The upload goes on. */
  keep({ uploadId }: FileOfMultipart): void {
    this.#open.get(uploadId)?.reservation?.markWanted()
  }

  /**
   * Has the parts of an upload removed from the bucket, as soon as the work on a cancelled one has `settled`; unless that
   * completed it. An object of another attempt is no reason to leave them there.
   */
  async abort(
    file: FileOfMultipart,
    settled?: Promise<{ readonly confirmedToken: string | undefined }>,
  ): Promise<void> {
    // At once, so that `release` leaves it to no other page.
    const multipart = this.#remove(file)
    multipart?.reservation?.markDiscarded()
    const confirmedToken = (await settled)?.confirmedToken
    // A store may be slow to answer, and nothing has waited for it.
    await this.#finding.get(file.uploadId)?.catch(() => undefined)
    const multiparts = [multipart, this.#remove(file)]
    await Promise.all(multiparts.map((left) => this.#abort(left, confirmedToken)))
  }

  /** Leaves every upload to the page that resumes it. */
  release(): void {
    this.#isReleased = true
    for (const { reservation } of this.#open.values()) reservation?.release()
    this.#open.clear()
  }

  #remove({ uploadId }: FileOfMultipart): ReservedMultipart | undefined {
    const multipart = this.#open.get(uploadId)
    this.#open.delete(uploadId)
    return multipart
  }

  async #abort(
    multipart: ReservedMultipart | undefined,
    confirmedToken: string | undefined,
  ): Promise<void> {
    if (!multipart) return
    const { upload, reservation } = multipart
    const { token } = upload.facts
    if (token === confirmedToken || (await this.#aborts.abort(token))) reservation?.forget()
    else reservation?.release()
  }
}
