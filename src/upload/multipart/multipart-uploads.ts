import type { SignedMultipart } from '../../protocol/operations.js'
import { minPartBytes } from '../../s3/limits.js'
import type { AbortQueue } from '../endpoint/aborts.js'
import type { ResumeRecord } from '../resume/resume-record.js'
import type { Kept, KeptUpload, UploadResumption } from '../resume/stored-resumption.js'
import type { RetryScope } from '../retry/retry-policy.js'
import type { UploadRecord } from '../store/upload-record.js'
import type { OpenUpload } from './multipart-state.js'
import type { PartsCode } from './parts-code.js'

/** What the registry works with. */
export interface MultipartUploadsOptions {
  readonly aborts: AbortQueue
  readonly parts: PartsCode
  /** Aborted when the engine ends. */
  readonly signal: AbortSignal
  /** Keeps uploads over a reload; without it they last as long as the page. */
  readonly resumption: UploadResumption | undefined
}

/** What the server has answered, and whether there is still time to use it. */
export interface Begun {
  readonly upload: SignedMultipart
  readonly isFresh: () => boolean
}

interface Entry {
  readonly upload: OpenUpload
  /** Where the upload is kept over a reload, if it is. */
  readonly kept: Kept | undefined
}

/** Every multipart upload of this page that was begun and has neither been completed nor aborted. */
export class MultipartUploads {
  readonly #options: MultipartUploadsOptions
  /** By the upload id of the record; outlives a failed upload, so that a retry goes on where it stopped. */
  readonly #open = new Map<string, Entry>()
  /** By the same id: what is looked for in the store, once however often a file is paused meanwhile. */
  readonly #finding = new Map<string, Promise<OpenUpload | undefined>>()
  #isReleased = false
  /** Files up to this size in bytes go in one request, as far as the server has shown. */
  #wholeUpTo = minPartBytes

  constructor(options: MultipartUploadsOptions) {
    this.#options = options
  }

  /** Whether the file may go in parts. */
  isLarge({ size }: UploadRecord): boolean {
    return size > this.#wholeUpTo
  }

  /** Notes that the server lets a file of this size go in one request. */
  noteWhole({ size }: UploadRecord): void {
    this.#wholeUpTo = Math.max(this.#wholeUpTo, size)
  }

  /** The upload that was begun for this file, in this page or in an earlier one. */
  async find(
    record: UploadRecord,
    source: Blob,
    onRetry: RetryScope['onRetry'],
  ): Promise<OpenUpload | undefined> {
    const { uploadId, size } = record
    const known = this.#open.get(uploadId)
    if (known || size < minPartBytes) return known?.upload
    const finding = this.#finding.get(uploadId) ?? this.#findKept(record, source, onRetry)
    this.#finding.set(uploadId, finding)
    return await finding.finally(() => this.#finding.delete(uploadId))
  }

  /** Notes an upload that the server has begun. */
  async begin(
    record: UploadRecord,
    { upload: signed, isFresh }: Begun,
    scope: Omit<RetryScope, 'policy'>,
  ): Promise<OpenUpload> {
    const upload = await this.#planned(record, signed, scope)
    const { parts } = signed
    if (parts) upload.firstParts = { parts, isFresh }
    for (const { url } of parts?.slice(0, 1) ?? []) upload.noteLocation(url)
    // Nothing of it can be there yet.
    upload.setListed([])
    const kept = this.#options.resumption?.keep(record, upload)
    this.#open.set(record.uploadId, { upload, kept })
    return upload
  }

  /** Forgets an upload that is complete, or that S3 no longer has. */
  end({ uploadId }: Pick<UploadRecord, 'uploadId'>): void {
    this.#open.get(uploadId)?.kept?.forget()
    this.#open.delete(uploadId)
  }

  /** Forgets an upload that another page goes on with. */
  leave(record: Pick<UploadRecord, 'uploadId'>): void {
    this.#take(record)
  }

  /**
   * Has an upload that nobody wants any more removed from the bucket, as soon as what is under way of it has `settled`; unless
   * that was its completion.
   */
  async abandon(
    record: Pick<UploadRecord, 'uploadId'>,
    settled: Promise<{ readonly isConfirmed: boolean } | undefined>,
  ): Promise<void> {
    // At once, so that `release` does not leave it to anybody.
    const entry = this.#take(record)
    entry?.kept?.markAbandoned()
    const isConfirmed = (await settled)?.isConfirmed === true
    // A store may be slow to answer, and nobody has waited for it.
    await this.#finding.get(record.uploadId)?.catch(() => undefined)
    const entries = [entry, this.#take(record)]
    if (isConfirmed) for (const left of entries) left?.kept?.forget()
    else await Promise.all(entries.map((left) => this.#remove(left)))
  }

  /** What earlier pages have left unfinished, and no tab goes on with. */
  async findInterrupted(): Promise<readonly ResumeRecord[]> {
    return (await this.#options.resumption?.interrupted()) ?? []
  }

  /** Has an upload that an earlier page has left removed from the bucket. */
  async discardInterrupted(uploadId: string): Promise<void> {
    const kept = await this.#options.resumption?.claim(uploadId)
    if (kept) await this.#abort(kept)
  }

  /** Has what earlier pages have cancelled, or left for too long, removed from the bucket. */
  async discardUnwanted(): Promise<void> {
    const unwanted = (await this.#options.resumption?.claimUnwanted()) ?? []
    await Promise.all(unwanted.map((kept) => this.#abort(kept)))
  }

  /** Leaves every upload to whoever resumes it. */
  release(): void {
    this.#isReleased = true
    for (const { kept } of this.#open.values()) kept?.release()
    this.#open.clear()
  }

  async #findKept(
    record: UploadRecord,
    source: Blob,
    onRetry: RetryScope['onRetry'],
  ): Promise<OpenUpload | undefined> {
    const { resumption, parts, signal } = this.#options
    const kept = await resumption?.resume(record, source)
    if (!kept) return undefined
    const loaded = await parts.load({ signal, onRetry }).catch((error: unknown) => {
      kept.release()
      throw error
    })
    if (this.#isReleased) {
      kept.release()
      return undefined
    }
    const { size } = record
    const upload = new loaded.OpenUpload(kept.record, { size, location: kept.record.location })
    upload.sampleIfAlike = kept.sampleIfAlike
    this.#open.set(record.uploadId, { upload, kept })
    return upload
  }

  #take({ uploadId }: Pick<UploadRecord, 'uploadId'>): Entry | undefined {
    const entry = this.#open.get(uploadId)
    this.#open.delete(uploadId)
    return entry
  }

  async #remove(entry: Entry | undefined): Promise<void> {
    if (!entry) return
    const { upload, kept } = entry
    if (await this.#options.aborts.abort(upload.facts.token)) kept?.forget()
    else kept?.release()
  }

  async #planned(
    record: UploadRecord,
    signed: SignedMultipart,
    scope: Omit<RetryScope, 'policy'>,
  ): Promise<OpenUpload> {
    const { parts, aborts } = this.#options
    try {
      const { OpenUpload } = await parts.load(scope)
      return new OpenUpload(signed, { size: record.size, location: signed.url })
    } catch (error) {
      // The server has begun what cannot be sent.
      void aborts.abort(signed.token)
      throw error
    }
  }

  async #abort(kept: KeptUpload): Promise<void> {
    kept.markAbandoned()
    if (await this.#options.aborts.abort(kept.record.token)) kept.forget()
    else kept.release()
  }
}
