import { kibibyte } from '../../s3/byte-units.js'
import { type Digest, sha256Base64 } from '../checksum/sha256-base64.js'
import type { ResumableFile } from './resume-record.js'

const sampleBytes = 64 * kibibyte

/** What tells a file apart beside its bytes. */
type FingerprintFacts = Omit<ResumableFile, 'lastModified'> & {
  /** The server has it from the beginning of the upload, so other values are another upload. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
}

/**
 * Computes what a file is recognized by when it is chosen again: its facts and metadata, its first and last 64 KiB.
 *
 * Its date is left out: where a browser does not know it, it is the present time whenever it is read.
 * Rejects with the `DOMException` of the browser when the file cannot be read, and outside secure contexts.
 *
 * @see https://w3c.github.io/FileAPI/#dfn-lastModified
 */
export async function fingerprintOf(
  source: Blob,
  facts: FingerprintFacts,
  digest: Digest = sha256Base64,
): Promise<string> {
  const { name, type, size, relativePath, metadata = {} } = facts
  const told = {
    name,
    type,
    size,
    relativePath,
    metadata: Object.entries(metadata).sort(),
  } satisfies Record<keyof FingerprintFacts, unknown>
  const described = JSON.stringify(Object.values(told))
  const head = source.slice(0, sampleBytes)
  const tail = source.slice(Math.max(0, source.size - sampleBytes))
  const ends = await Promise.all([head.arrayBuffer(), tail.arrayBuffer()])
  return await digest(new Blob([described, ...ends]))
}
