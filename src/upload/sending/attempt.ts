import type { Runtime } from '../../async/runtime.js'
import type { FileChecksums } from '../checksum/file-checksums.js'
import type { UploadError } from '../errors/upload-error.js'
import type { BytesOfFile } from '../events/watch-transport.js'
import { sourceOf } from '../reading/readable-file.js'
import type { RetryWaits } from '../retry/retry-waits.js'
import type { UploadRecord, UploadState } from '../store/upload-record.js'
import type { HttpTransport } from '../transfer/http-transport.js'
import type { AcceptedPart } from './parts-transfer.js'
import type { SmallParts } from './small-parts.js'

/** Hears how an attempt goes. Once the upload is cancelled it takes no notice; while paused, nothing moves. */
export interface AttemptReport {
  /** Hears of a state; `bytesUploaded` is what is in the bucket already. */
  state(state: UploadState, bytesUploaded?: number): void
  /** Hears that the file waits: for a slot, or since something failed, with the time until it is tried again. */
  wait(error?: UploadError, delayMs?: number): void
  /** Hears how many bytes of the file have arrived or are on their way. */
  progress(sentBytes: number): void
  /** Hears of a part that S3 has accepted. */
  part(part: AcceptedPart): void
  /** Sends by `transport`, and hears of the request when it is over. */
  watch(transport: HttpTransport, bytes: BytesOfFile): HttpTransport
}

/** What an attempt is given. */
interface AttemptFacts {
  readonly record: UploadRecord
  /** Number of the attempt, from 1. */
  readonly number: number
  /** Ends the attempt: the file was paused or cancelled. */
  readonly signal: AbortSignal
  /** Aborted when the file is cancelled. */
  readonly cancelled: AbortSignal
  /** Whether the file is to go in the smallest parts. */
  readonly smallParts: Pick<SmallParts, 'areWanted' | 'areUnneeded'>
  /** Waits `delayMs`, less when the user does not want to wait; rejects with the signal's reason. */
  readonly waitToRetry: RetryWaits['wait']
  /** How many attempts have ended before because the file gave no byte. */
  readonly pauses: number
  readonly report: AttemptReport
  /** The checksums of the file, as far as earlier attempts have computed them. */
  checksums(): FileChecksums
  /** Follows work that reads the file, and says when the file does not answer. */
  follow<T>(work: Promise<T>): Promise<T>
}

/** One try to send a file. */
export interface Attempt extends AttemptFacts {
  /** The bytes of the file; reading this throws a `FileError` when they are not here. */
  readonly source: Blob
  /** Bytes of the file that were sent in one request. */
  readonly sentBytes: number
  /** How long ago that request began; 0 when none has. */
  readonly durationMs: number
  /** Notes that the file goes now, in one request. */
  noteStart(): void
  /** Notes how many bytes that request has sent. */
  noteSent(bytes: number): void
}

/** Begins an attempt. */
export function beginAttempt(facts: AttemptFacts, { now }: Pick<Runtime, 'now'>): Attempt {
  let startedAt: number | undefined
  let sentBytes = 0
  return {
    ...facts,
    get source() {
      return sourceOf(facts.record)
    },
    get sentBytes() {
      return sentBytes
    },
    get durationMs() {
      return startedAt === undefined ? 0 : now() - startedAt
    },
    noteStart() {
      startedAt = now()
    },
    noteSent(bytes) {
      sentBytes = bytes
    },
  }
}
