import type { UploadRecord, UploadState } from '../store/upload-record.js'
import type { UploadControl } from './upload-control.js'

/** A file during one attempt. */
export interface Attempt {
  readonly control: UploadControl
  readonly record: UploadRecord
  readonly source: Blob
  /** Ends the attempt: the file was paused or cancelled. */
  readonly signal: AbortSignal
  /** Writes into the file's record; `bytesUploaded` is what is in the bucket already. */
  readonly setState: (state: UploadState, bytesUploaded?: number) => void
}
