import type { SignedMultipart } from '../../protocol/operations.js'
import { minPartBytes } from '../../s3/limits.js'
import type { Aborts } from '../endpoint/aborts.js'
import type { Reservation, UploadResumption } from '../resume/resumption.js'
import type { Retrying, RetryScope } from '../retry/retry-policy.js'
import type { UploadRecord } from '../store/upload-record.js'
import type { MultipartState } from './multipart-state.js'
import type { PartsCode } from './parts-code.js'

/** What the registry works with. */
export interface MultipartUploadsOptions {
  readonly aborts: Aborts
  /** Loads the code for files that go in parts. */
  readonly parts: Pick<PartsCode<{ readonly MultipartState: typeof MultipartState }>, 'load'>
  /** Aborted when the engine ends. */
  readonly signal: AbortSignal
  /** Keeps uploads over a reload; without it they last as long as the page. */
  readonly resumption: UploadResumption | undefined
}

/** What the server has answered, and whether there is still time to use it. */
export interface CreatedMultipart {
  readonly upload: SignedMultipart
  readonly isFresh: () => boolean
}

interface Entry {
  readonly upload: MultipartState
  /** The upload's place in the store of resume records, if it has one. */
  readonly reservation: Reservation | undefined
}

/** Every multipart upload of this page that was created and has neither been completed nor aborted. */
export class MultipartUploads {
  readonly #options: MultipartUploadsOptions
  /** By the upload id of the record; outlives a failed upload, so that a retry continues where it stopped. */
  readonly #open = new Map<string, Entry>()
  /** By the same id: what is looked for in the store, once however often a file is paused meanwhile. */
  readonly #finding = new Map<string, Promise<MultipartState | undefined>>()
  #isReleased = false
  /** Files up to this size in bytes go in one request, as far as the server has shown. */
  #maxSingleRequestBytes = minPartBytes

  constructor(options: MultipartUploadsOptions) {
    this.#options = options
  }

  /** Whether the file may go in parts. */
  isLarge({ size }: UploadRecord): boolean {
    return size > this.#maxSingleRequestBytes
  }

  /** Notes that the server lets a file of this size go in one request. */
  noteWhole({ size }: UploadRecord): void {
    this.#maxSingleRequestBytes = Math.max(this.#maxSingleRequestBytes, size)
  }

  /** The multipart upload that was created for this file, in this page or in an earlier one. */
  async find(
    record: UploadRecord,
    source: Blob,
    onRetry: RetryScope['onRetry'],
  ): Promise<MultipartState | undefined> {
    const { uploadId, size } = record
    const known = this.#open.get(uploadId)
    if (known || size < minPartBytes) return known?.upload
    const finding = this.#finding.get(uploadId) ?? this.#resume(record, source, onRetry)
    this.#finding.set(uploadId, finding)
    return await finding.finally(() => this.#finding.delete(uploadId))
  }

  /** Takes over a multipart upload that the server has created. */
  async take(
    record: UploadRecord,
    { upload: signed, isFresh }: CreatedMultipart,
    scope: Omit<RetryScope, keyof Retrying>,
  ): Promise<MultipartState> {
    const upload = await this.#planned(record, signed, scope)
    const { parts } = signed
    if (parts) upload.firstParts = { parts, isFresh }
    for (const { url } of parts?.slice(0, 1) ?? []) upload.noteLocation(url)
    // Nothing of it can be there yet.
    upload.setListed([])
    const reservation = this.#options.resumption?.reserve(record, upload)
    this.#open.set(record.uploadId, { upload, reservation })
    return upload
  }

  /** Forgets an upload that is complete, or that S3 no longer has. */
  end({ uploadId }: Pick<UploadRecord, 'uploadId'>): void {
    this.#open.get(uploadId)?.reservation?.forget()
    this.#open.delete(uploadId)
  }

  /** Forgets an upload that another page continues. */
  leave(record: Pick<UploadRecord, 'uploadId'>): void {
    this.#remove(record)
  }

  /**
   * Has the parts of a cancelled upload removed from the bucket, as soon as the work on it has `settled`; unless that
   * completed it.
   */
  async abort(
    record: Pick<UploadRecord, 'uploadId'>,
    settled: Promise<{ readonly isConfirmed: boolean } | undefined>,
  ): Promise<void> {
    // At once, so that `release` leaves it to no other page.
    const entry = this.#remove(record)
    entry?.reservation?.markDiscarded()
    const isConfirmed = (await settled)?.isConfirmed === true
    // A store may be slow to answer, and nothing has waited for it.
    await this.#finding.get(record.uploadId)?.catch(() => undefined)
    const entries = [entry, this.#remove(record)]
    if (isConfirmed) for (const left of entries) left?.reservation?.forget()
    else await Promise.all(entries.map((left) => this.#abort(left)))
  }

  /** Leaves every upload to the page that resumes it. */
  release(): void {
    this.#isReleased = true
    for (const { reservation } of this.#open.values()) reservation?.release()
    this.#open.clear()
  }

  async #resume(
    record: UploadRecord,
    source: Blob,
    onRetry: RetryScope['onRetry'],
  ): Promise<MultipartState | undefined> {
    const { resumption, parts, signal } = this.#options
    const resumed = await resumption?.resume(record, source)
    if (!resumed) return undefined
    const loaded = await parts.load({ signal, onRetry }).catch((error: unknown) => {
      resumed.release()
      throw error
    })
    if (this.#isReleased) {
      resumed.release()
      return undefined
    }
    const { size } = record
    const { location } = resumed.record
    const upload = new loaded.MultipartState(resumed.record, { size, location })
    upload.sampleIfAlike = resumed.sampleIfAlike
    this.#open.set(record.uploadId, { upload, reservation: resumed })
    return upload
  }

  #remove({ uploadId }: Pick<UploadRecord, 'uploadId'>): Entry | undefined {
    const entry = this.#open.get(uploadId)
    this.#open.delete(uploadId)
    return entry
  }

  async #abort(entry: Entry | undefined): Promise<void> {
    if (!entry) return
    const { upload, reservation } = entry
    if (await this.#options.aborts.abort(upload.facts.token)) reservation?.forget()
    else reservation?.release()
  }

  async #planned(
    record: UploadRecord,
    signed: SignedMultipart,
    scope: Omit<RetryScope, keyof Retrying>,
  ): Promise<MultipartState> {
    const { parts, aborts } = this.#options
    try {
      const { MultipartState } = await parts.load(scope)
      return new MultipartState(signed, { size: record.size, location: signed.url })
    } catch (error) {
      // The server has created what cannot be sent.
      void aborts.abort(signed.token)
      throw error
    }
  }
}
