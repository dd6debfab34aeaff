import { createHash } from 'node:crypto'
import type { FileDescription } from '../../src/protocol/operations.js'
import { batchSize } from './contestant.js'

/** What the app knows of something to be signed. */
export interface Content {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** SHA-256, base64; bound by every signature, as the plugin of this package has it by default. */
  readonly checksum: string
}

/** The bytes of every small file. */
export const photo = contentOf(new TextEncoder().encode('The bytes of a photo.'))

/** The bytes of every part: as many as the handler cuts `largeFile` into. */
export const part = contentOf(new Uint8Array(16 * 1024 * 1024))

export const contentType = 'image/jpeg'

/** One batch of small files. */
export const files: readonly FileDescription[] = Array.from({ length: batchSize }, (_, index) => ({
  id: crypto.randomUUID(),
  name: `photo-${index + 1}.jpg`,
  type: contentType,
  size: photo.bytes.length,
  checksum: photo.checksum,
}))

/** A file of one batch of parts. */
export const largeFile: FileDescription = {
  id: crypto.randomUUID(),
  name: 'recording.mp4',
  type: 'video/mp4',
  size: batchSize * part.bytes.length,
  checksumAlgorithm: 'SHA256',
}

/** The numbers of its parts. */
export const partNumbers: readonly number[] = Array.from(
  { length: batchSize },
  (_, index) => index + 1,
)

/** What the others send a part with, as the handler of this package says it for its own. */
export const partHeaders = {
  'x-amz-sdk-checksum-algorithm': 'SHA256',
  'x-amz-checksum-sha256': part.checksum,
}

function contentOf(bytes: Uint8Array<ArrayBuffer>): Content {
  return { bytes, checksum: createHash('sha256').update(bytes).digest('base64') }
}
