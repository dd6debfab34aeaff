import type { Runtime } from '../async/runtime.js'
import type { ChecksumSource } from './checksum/checksum.js'
import type { Digest } from './checksum/sha256-base64.js'
import type { UploadClient } from './endpoint/upload-client.js'
import type { TellEvent } from './events/upload-event.js'
import type { UploadResumption } from './resume/resumption.js'
import type { RetryPolicy } from './retry/retry-policy.js'
import type { ExplainFailure, PartsModule } from './sending/engine-services.js'
import type { AcceptedPart } from './sending/parts-transfer.js'
import type { PreparationOptions } from './sending/preparations.js'
import type { UploadStore } from './store/upload-store.js'
import type { HttpTransport } from './transfer/http-transport.js'

/** What the engine works with. */
export interface UploadEngineOptions {
  readonly store: UploadStore
  readonly client: UploadClient
  readonly transport: HttpTransport
  readonly runtime: Runtime
  /** Most parallel requests to S3. @default 6, a browser's limit of connections per host over HTTP/1.1, and two short files that wait for one */
  readonly concurrency?: number | undefined
  readonly policy?: Partial<RetryPolicy> | undefined
  /** Whether the server is to bind each upload to the SHA-256 of its bytes. @default none */
  readonly wantsChecksums?: (() => boolean) | undefined
  readonly checksums?: ChecksumSource | undefined
  /** Computes SHA-256 in place of Web Crypto and the worker, where `checksums` is not given. */
  readonly digest?: Digest | undefined
  /** What the app makes of each file before it is signed. @default nothing */
  readonly preparation?: PreparationOptions | undefined
  /** Finds out more about a failure that is final. @default the error as it is */
  readonly explain?: ExplainFailure | undefined
  /** Hears of every part that S3 has accepted. */
  readonly onPartStored?: ((id: string, part: AcceptedPart) => void) | undefined
  /** Hears how uploads go. @default none */
  readonly tell?: TellEvent | undefined
  /** Keeps multipart uploads over a reload. @default none */
  readonly resumption?: UploadResumption | undefined
  /** Loads the code for files that go in parts. @default a chunk of the page's own */
  readonly loadParts?: (() => Promise<PartsModule>) | undefined
}
