import type { CompletedUpload } from '../../protocol/operations.js'
import type { UploadError } from '../errors/upload-error.js'
import type { StoredFileState } from './stored-file.js'

/** What is known of a file from the moment it was added. */
export interface FileFacts {
  /** Stable in this page; with Uppy, the id of the Uppy file. */
  readonly id: string
  /** The UUID that the server knows the file by, over every retry. */
  readonly uploadId: string
  readonly name: string
  /** Media type, or empty. */
  readonly type: string
  /** Size in bytes. */
  readonly size: number
  /** Path within the folder it was dropped or picked from. */
  readonly relativePath?: string | undefined
  /** Values of the app that go to the server with the file. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
  /** The bytes; absent for a file restored after a reload until it is chosen again. */
  readonly source?: Blob | undefined
  /** What the file was when it was chosen, once the option `prepare` was asked about it. */
  readonly chosen?: ChosenFile | undefined
  /** An unfinished multipart upload of this file, as another keeper than our own store has kept it. */
  readonly resumeFrom?: unknown
}

/** A file as it was chosen; `source` is absent after a reload. */
export type ChosenFile = Pick<FileFacts, 'name' | 'type' | 'size' | 'source'>

/** What is known of a file, whichever upload of it is meant. */
export type FileContentFacts = Omit<FileFacts, 'id' | 'uploadId' | 'chosen'>

/** The state of a file that is in the bucket; `Result` is what the server's `onUploadComplete` returns. */
export interface UploadedState<Result = unknown> {
  readonly status: 'complete'
  /** The object as the server saw it, with its receipt. */
  readonly object: Omit<CompletedUpload, 'result'> & {
    /** URL of the object, without a signature. */
    readonly location: string
  }
  /** What the server's `onUploadComplete` returned. */
  readonly response?: Result | undefined
  /** Whether S3 has compared all bytes with checksums that were computed here. */
  readonly isVerified?: boolean | undefined
}

/**
 * Why an upload waits: `offline` until the browser is connected again, `preparing` until the app has prepared the file, `retry`
 * after a failure, which `lastError` tells.
 */
export type WaitReason = 'offline' | 'preparing' | 'retry'

/** Why an upload does not go on at the moment; empty when it only waits for a slot. */
export interface Delay {
  readonly reason?: WaitReason | undefined
  /** When it is tried again, in milliseconds since 1970; absent where that depends on something else. */
  readonly retryAt?: number | undefined
  readonly lastError?: UploadError | undefined
}

/** Where an upload stands; `status` tells the states apart. */
export type UploadState =
  /** Added, not started yet. */
  | { readonly status: 'ready' }
  /** In the queue, being prepared, or between two attempts: then `reason` says why. */
  | ({ readonly status: 'waiting' } & Delay)
  /** Bytes are on their way. */
  | { readonly status: 'uploading' }
  /** All bytes are sent; the server has yet to confirm, and `reason` says why it takes longer. */
  | ({ readonly status: 'finishing' } & Delay)
  /** Stopped by the user; what has arrived in the bucket is kept. */
  | { readonly status: 'paused' }
  /** The server has seen the object in the bucket. */
  | UploadedState
  /** Given up; it can be retried. */
  | { readonly status: 'failed'; readonly error: UploadError }
  /** In the bucket since before it came into the list. */
  | StoredFileState

/** The name of a state of an upload. */
export type UploadStatus = UploadState['status']

/** Every status, in the order of an upload's life. */
export const uploadStatuses = [
  'ready',
  'waiting',
  'uploading',
  'finishing',
  'paused',
  'complete',
  'failed',
  'stored',
] as const satisfies readonly UploadStatus[]

/** One file and all that is known of its upload. Replaced, never changed, when anything in it changes. */
export type UploadRecord = FileFacts & UploadState & SentBytes

/** A file that is in the bucket, with its object and what the server returned for it. */
export type UploadedFile<Result = unknown> = FileFacts & UploadedState<Result> & SentBytes

interface SentBytes {
  /** Bytes sent so far, at most `size`; stands still while an attempt that starts over catches up. */
  readonly bytesUploaded: number
}

/** Whether the upload waits for the browser to be connected again. */
export function isOffline(record: UploadState): boolean {
  return (
    (record.status === 'waiting' || record.status === 'finishing') && record.reason === 'offline'
  )
}

/** Whether the app prepares the file at the moment. */
export function isPreparing(record: UploadState): boolean {
  return record.status === 'waiting' && record.reason === 'preparing'
}

/** Whether work is going on for this upload or waiting to: it has neither ended nor yet to be started. */
export function isActive({ status }: { readonly status: UploadStatus }): boolean {
  return status === 'waiting' || status === 'uploading' || status === 'finishing'
}

/** Whether the upload is over: the file is in the bucket, or could not be uploaded. */
export function hasEnded({ status }: { readonly status: UploadStatus }): boolean {
  return status === 'complete' || status === 'failed'
}
