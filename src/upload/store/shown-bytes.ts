import type { UploadRecord, UploadState } from './upload-record.js'

/** A new upload starts at zero, a new attempt does not; what is stored or being confirmed is sent in full. */
export function shownBytes(record: UploadRecord, { status }: UploadState): number {
  if (status === 'complete' || status === 'finishing') return record.size
  const isNew = record.status === 'ready' || (record.status === 'failed' && status !== 'failed')
  return isNew ? 0 : record.bytesUploaded
}
