import type { SignedMultipart } from '../../protocol/operations.js'
import { minPartBytes } from '../../s3/limits.js'
import type { Aborts } from '../endpoint/aborts.js'
import type { UploadResumption } from '../resume/resumption.js'
import type { Retrying, RetryScope } from '../retry/retry-policy.js'
import type { UploadRecord } from '../store/upload-record.js'
import type { MultipartState } from './multipart-state.js'
import type { ReservedMultipart } from './multipart-uploads.js'
import type { PartsCode } from './parts-code.js'

/** What opening multipart uploads takes. */
interface MultipartOpeningOptions {
  readonly aborts: Pick<Aborts, 'abort'>
  /** Loads the code for files that go in parts. */
  readonly parts: Pick<PartsCode<{ readonly MultipartState: typeof MultipartState }>, 'load'>
  /** Aborted when the engine ends. */
  readonly signal: AbortSignal
  /** Keeps uploads over a reload; without it they last as long as the page. */
  readonly resumption: UploadResumption | undefined
}

/** What the server has answered, and whether there is still time to use it. */
interface CreatedMultipart {
  readonly upload: SignedMultipart
  readonly isFresh: () => boolean
}

/** Opens multipart uploads: those that the server has just created, and those that an earlier page has left. */
export class MultipartOpening {
  readonly #options: MultipartOpeningOptions

  constructor(options: MultipartOpeningOptions) {
    this.#options = options
  }

  /** Resumes what an earlier page has left of this file. */
  async resume(
    record: UploadRecord,
    source: Blob,
    onRetry: RetryScope['onRetry'],
  ): Promise<ReservedMultipart | undefined> {
    const { resumption, parts, signal } = this.#options
    const { size } = record
    if (size < minPartBytes) return undefined
    const resumed = await resumption?.resume(record, source)
    if (!resumed) return undefined
    const loaded = await parts.load({ signal, onRetry }).catch((error: unknown) => {
      resumed.release()
      throw error
    })
    const { location } = resumed.record
    const upload = new loaded.MultipartState(resumed.record, { size, location })
    upload.sampleIfAlike = resumed.sampleIfAlike
    return { upload, reservation: resumed }
  }

  /** Takes over a multipart upload that the server has created, and saves it for a later page. */
  async takeOver(
    record: UploadRecord,
    { upload: signed, isFresh }: CreatedMultipart,
    scope: Omit<RetryScope, keyof Retrying>,
  ): Promise<ReservedMultipart> {
    const upload = await this.#planned(record, signed, scope)
    const { parts } = signed
    if (parts) upload.firstParts = { parts, isFresh }
    for (const { url } of parts?.slice(0, 1) ?? []) upload.noteLocation(url)
    // Nothing of it can be there yet.
    upload.setListed([])
    return { upload, reservation: this.#options.resumption?.reserve(record, upload) }
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
