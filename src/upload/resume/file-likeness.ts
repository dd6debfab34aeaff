import { type Digest, sha256Base64 } from '../checksum/sha256-base64.js'
import { samplesOf } from '../reading/file-samples.js'
import type { ResumeRecord } from './resume-record.js'

/** A date so near to the present is the present: the browser does not know the file’s own. */
const nowMs = 1000

/** What tells whether a file is still the one whose upload was interrupted. */
export interface Likeness {
  /** Samples of each part, condensed. */
  readonly samples: string
  /** Samples of each part, in their order. */
  readonly parts: readonly string[]
}

/** The date of a file, in milliseconds; 0 where it is not known, or moves by itself. */
export function dateOf(source: Blob, now: number): number {
  if (!('lastModified' in source) || typeof source.lastModified !== 'number') return 0
  const { lastModified } = source
  return Math.abs(now - lastModified) < nowMs ? 0 : lastModified
}

/** Reads a little of every part; rejects when the file cannot be read. */
export async function likenessOf(
  source: Blob,
  plan: Pick<ResumeRecord, 'partSizeBytes'>,
  digest: Digest = sha256Base64,
): Promise<Likeness> {
  const parts = await samplesOf(source, { size: source.size, partSizeBytes: plan.partSizeBytes })
  return { parts, samples: await digest(new Blob(parts.map((part) => `${part}\n`))) }
}

/** Whether nothing speaks against the file being the one that a record was written for. */
export function isAlike(
  { samples, file }: ResumeRecord,
  likeness: Likeness,
  date: number,
): boolean {
  const isSameDate = file.lastModified === 0 || date === 0 || file.lastModified === date
  return isSameDate && samples === likeness.samples
}
