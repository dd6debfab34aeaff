import type { Runtime } from '../../async/runtime.js'
import type { ChecksumSource } from '../checksum/checksum.js'
import type { Confirmations, SentUpload } from '../endpoint/confirmations.js'
import type { Signatures } from '../endpoint/signatures.js'
import type { UploadClient } from '../endpoint/upload-client.js'
import type { UploadError } from '../errors/upload-error.js'
import type { TellEvent } from '../events/upload-event.js'
import type { MultipartOpening } from '../multipart/multipart-opening.js'
import type { MultipartState } from '../multipart/multipart-state.js'
import type { MultipartUploads } from '../multipart/multipart-uploads.js'
import type { PartsCode } from '../multipart/parts-code.js'
import type { FileWatch } from '../reading/file-watch.js'
import type { RetryPolicy } from '../retry/retry-policy.js'
import type { UploadStore } from '../store/upload-store.js'
import type { HttpTransport } from '../transfer/http-transport.js'
import type { TransferScheduler } from '../transfer/transfer-scheduler.js'
import type { Attempt } from './attempt.js'
import type { AcceptedPart } from './parts-transfer.js'
import type { Preparations } from './preparations.js'
import type { SingleRequestLimit } from './single-request-limit.js'

/**
 * What has become of a file that goes in parts: `gone` when S3 no longer has the upload, `too-large` when its parts do not
 * come through and smaller ones may.
 */
export type PartsOutcome = SentUpload | 'gone' | 'too-large'

/** Finds out more about a failure that is final. */
export type ExplainFailure = (
  error: UploadError,
  storage: { readonly hasAnswered: boolean },
) => Promise<UploadError>

/** The code that only files need that go in parts, loaded for the first of them. */
export interface PartsModule {
  readonly MultipartState: typeof MultipartState
  /** Sends the parts that the bucket lacks. */
  readonly sendParts: (
    upload: MultipartState,
    attempt: Attempt,
    services: EngineServices,
  ) => Promise<PartsOutcome>
  /** Whether S3 has more of the upload than was known. */
  readonly hasMoreArrived: (
    upload: MultipartState,
    attempt: Pick<Attempt, 'signal'>,
    services: EngineServices,
  ) => Promise<boolean>
}

/** What all uploads of one engine share. */
export interface EngineServices {
  readonly store: UploadStore
  readonly client: UploadClient
  readonly transport: HttpTransport
  readonly policy: RetryPolicy
  readonly runtime: Runtime
  readonly scheduler: TransferScheduler
  /** Slots of files that go in parts. */
  readonly multipartSlots: TransferScheduler
  readonly signatures: Signatures
  readonly confirmations: Confirmations
  readonly singleRequestLimit: SingleRequestLimit
  readonly multiparts: MultipartUploads
  readonly multipartOpening: MultipartOpening
  readonly parts: PartsCode<PartsModule>
  readonly checksums: ChecksumSource
  readonly watch: FileWatch
  readonly preparations: Preparations
  /** Asked for every file, so that the option may change meanwhile. */
  readonly wantsChecksums: () => boolean
  readonly explain: ExplainFailure
  /** Hears of every part that S3 has accepted. */
  readonly onPartStored: (id: string, part: AcceptedPart) => void
  readonly tell: TellEvent
}
