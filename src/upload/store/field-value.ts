import type { StoredFile } from './stored-file.js'
import { storedFileOf } from './stored-file-of.js'
import type { UploadRecord } from './upload-record.js'

/** The files in the bucket: those that are to be replaced as long as there is no other. */
export function fieldValueOf(
  listed: readonly UploadRecord[],
  standing: readonly UploadRecord[],
): readonly StoredFile[] {
  const files = listed.flatMap((record) => storedFileOf(record) ?? [])
  return files.length > 0 ? files : standing.flatMap((record) => storedFileOf(record) ?? [])
}
