import type { OperationName } from '../../protocol/operations.js'
import type { UploadErrorCode } from '../errors/upload-error.js'
import type { UploadStatus } from '../store/upload-record.js'

/** A request that is over. */
export interface RequestEvent {
  readonly type: 'request'
  readonly to: 'endpoint' | 's3'
  readonly operation: OperationName | 'PostObject' | 'PutObject' | 'UploadPart'
  /** `cancelled` when the page ended it: its file was paused or removed. */
  readonly outcome: 'ok' | UploadErrorCode
  /** HTTP status; left out where no answer came. */
  readonly status?: number
  /** UUID of the file, the `id` that the server's `onEvent` has too; left out where the request is about several. */
  readonly id?: string
  /** Left out where the request sends no part. */
  readonly partNumber?: number
  /** How many files, parts or tokens a request to the endpoint was about. */
  readonly count?: number
  /** Bytes that it has sent of its file. */
  readonly sentBytes?: number
  readonly durationMs: number
}

/** A file is in another state, or waits for another reason. */
export interface StateEvent {
  readonly type: 'state'
  /** UUID of the file, the `id` that the server's `onEvent` has too. */
  readonly id: string
  readonly status: UploadStatus
  /** What it waits for, or why it has failed; left out where nothing is wrong. */
  readonly reason?: 'offline' | UploadErrorCode
  /** Bytes that have arrived in the bucket or are on their way. */
  readonly bytesUploaded: number
}

/** The upload of a file is over. */
export interface EndEvent {
  readonly type: 'end'
  /** UUID of the file, the `id` that the server's `onEvent` has too. */
  readonly id: string
  /** `cancelled` when the file was removed before. */
  readonly outcome: 'ok' | UploadErrorCode
  /** Size in bytes. */
  readonly size: number
  /** Bytes that went to S3, with those that were sent once more. */
  readonly sentBytes: number
  /** Requests to S3. */
  readonly requests: number
  /** How many of them failed. */
  readonly failedRequests: number
  /** From the start of the upload to its end, without the time for which it was paused. */
  readonly durationMs: number
  /** Goodput: `size` over `durationMs`. Only of files that are complete. */
  readonly bytesPerSecond?: number
}

/** What `onEvent` hears: plain facts without names, URLs, tokens or metadata. */
export type UploadEvent = RequestEvent | StateEvent | EndEvent

/** Hears of events. */
export type TellEvent = (event: UploadEvent) => void
