import type { StoredFile } from './stored-file.js'
import type { UploadedState, UploadRecord } from './upload-record.js'

const uploadedFiles = new WeakMap<UploadedState['object'], StoredFile>()

/** A file as an entry of the value; undefined while it is not in the bucket. */
export function storedFileOf(record: UploadRecord | undefined): StoredFile | undefined {
  if (record?.status === 'stored') return record.stored
  if (record?.status !== 'complete') return undefined
  const { name, size, type, object, response } = record
  const known = uploadedFiles.get(object)
  if (known) return known
  const { key, receipt } = object
  const file = { key, name, size, type, receipt, ...(response !== undefined && { response }) }
  uploadedFiles.set(object, file)
  return file
}
