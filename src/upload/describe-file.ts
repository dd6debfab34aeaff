import type { FileDescription } from '../protocol/operations.js'
import { multipartThresholdBytes } from '../s3/part-plan.js'
import type { FileToSign } from './endpoint/signature-queue.js'
import type { FileAtHand } from './file-at-hand.js'
import { unreadableFile } from './transfer/send-bytes.js'
import type { UploadServices } from './upload-services.js'

/** What the server has to know of a file before it signs; reads the file when its checksum is wanted. */
export function describeFile(
  { task, record, source }: FileAtHand,
  { checksums, wantsChecksums }: UploadServices,
): Pick<FileToSign, 'bytesToHash' | 'describe'> {
  const { uploadId, name, type, size, relativePath, metadata } = record
  const plain: FileDescription = { id: uploadId, name, type, size, relativePath, metadata }
  if (!wantsChecksums()) return { bytesToHash: 0, describe: async () => plain }
  // Where the server has the file go in parts, each has a checksum of its own.
  const facts: FileDescription = { ...plain, checksumAlgorithm: 'SHA256' }
  // It does so with a file of this size, unless its options say otherwise.
  if (size >= multipartThresholdBytes) return { bytesToHash: 0, describe: async () => facts }
  return {
    bytesToHash: task.checksum === undefined ? size : 0,
    async describe() {
      task.checksum ??= await checksums.sha256(source, task.cancelled).catch((error: unknown) => {
        task.cancelled.throwIfAborted()
        throw unreadableFile(error)
      })
      return { ...facts, checksum: task.checksum }
    },
  }
}
