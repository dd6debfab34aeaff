import type { FileDescription } from '../../protocol/operations.js'
import { sendableName, sendablePath, sendableType } from './sendable-names.js'
import type { FileFacts } from './upload-record.js'

/** What only some files say of themselves when they are signed. */
type SigningWish = 'checksum' | 'checksumAlgorithm' | 'inParts' | 'partSizeBytes'

/** What the server is told of a file, in names that can be sent. */
export function descriptionOf(file: Omit<FileFacts, 'id'>): Omit<FileDescription, SigningWish> {
  const { uploadId, name, type, size, relativePath, metadata } = file
  const told = {
    id: uploadId,
    name: sendableName(name),
    type: sendableType(type),
    size,
    relativePath: relativePath === undefined ? undefined : sendablePath(relativePath),
    metadata,
  }
  return told satisfies Record<keyof Omit<FileDescription, SigningWish>, unknown>
}
