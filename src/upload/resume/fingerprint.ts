import { sha256Base64 } from '../checksum/sha256-base64.js'
import type { ResumableFile } from './resume-record.js'

const sampleBytes = 64 * 1024

/** What tells a file apart beside its bytes. */
export type FingerprintFacts = Omit<ResumableFile, 'lastModified'> & {
  /** The server has it from the beginning of the upload, so other values are another upload. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
}

/**
 * Computes what a file is recognized by when it is chosen again: its facts and metadata, its date, its first and last 64 KiB.
 *
 * Rejects with the `DOMException` of the browser when the file cannot be read, and outside secure contexts.
 */
export async function fingerprintOf(source: Blob, facts: FingerprintFacts): Promise<string> {
  const { name, type, size, relativePath, metadata = {} } = facts
  const lastModified = 'lastModified' in source ? source.lastModified : undefined
  const described = JSON.stringify([
    name,
    type,
    size,
    lastModified,
    relativePath,
    Object.entries(metadata).sort(),
  ])
  const head = source.slice(0, sampleBytes)
  const tail = source.slice(Math.max(0, source.size - sampleBytes))
  return await sha256Base64(new Blob([described, head, tail]))
}
