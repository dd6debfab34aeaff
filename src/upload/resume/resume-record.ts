import * as v from 'valibot'
import { byteCount, checksumAlgorithm, partNumber, token } from '../../protocol/fields.js'

/** What continues an unfinished multipart upload after a reload or a crash; it holds no signed URL. */
export interface ResumeRecord {
  /** The UUID that the server knows the upload by. */
  readonly uploadId: string
  readonly token: string
  readonly key: string
  /** Size in bytes of every part but the last. */
  readonly partSizeBytes: number
  readonly partCount: number
  /** Given when every part needs its checksum. */
  readonly checksumAlgorithm?: 'SHA256' | undefined
  /** URL of the object, without a query. */
  readonly location?: string | undefined
  /** The signing endpoint that began the upload. */
  readonly endpoint: string
  readonly file: ResumableFile
  /** Tells files apart that are alike in name and size; see `fingerprintOf`. */
  readonly fingerprint: string
  /** Fingerprint of the file as it was chosen, where `fingerprint` is that of what the app has made of it. */
  readonly chosenFingerprint?: string | undefined
  /** What every part of the file had at a few places; absent until all of them are read. See `likenessOf`. */
  readonly samples?: string | undefined
  /** The form of fingerprint and samples: a record in another form belongs to no file any more. */
  readonly version?: number | undefined
  /** Wall-clock time in milliseconds. */
  readonly savedAt: number
  /** Opens the file again without a file dialog; absent for files of an `<input>`. */
  readonly handle?: FileSystemFileHandle | undefined
  /** Cancelled or discarded, although S3 may not have heard of it yet. */
  readonly isDiscarded?: boolean | undefined
}

/** What a person recognizes a file by. */
export interface ResumableFile {
  readonly name: string
  /** Media type, or empty. */
  readonly type: string
  /** Size in bytes. */
  readonly size: number
  /** Wall-clock time in milliseconds; 0 where it is not known. */
  readonly lastModified: number
  readonly relativePath?: string | undefined
}

/** The form in which records are written. */
export const recordVersion = 3

const dayMs = 24 * 60 * 60 * 1000

/** As long as the token of a multipart upload lives. */
const resumableForMs = 6 * dayMs

/** For expired records that are never asked for, because the app has moved its endpoint. */
const maxAgeMs = 2 * resumableForMs

const schema: v.GenericSchema<unknown, ResumeRecord> = v.object({
  uploadId: v.string(),
  token,
  key: v.string(),
  partSizeBytes: v.pipe(byteCount, v.minValue(1)),
  partCount: partNumber,
  checksumAlgorithm: v.optional(checksumAlgorithm),
  location: v.optional(v.string()),
  endpoint: v.string(),
  file: v.object({
    name: v.string(),
    type: v.string(),
    size: byteCount,
    lastModified: v.number(),
    relativePath: v.optional(v.string()),
  } satisfies Record<keyof ResumableFile, v.GenericSchema>),
  fingerprint: v.string(),
  chosenFingerprint: v.optional(v.string()),
  samples: v.optional(v.string()),
  version: v.optional(v.number()),
  savedAt: v.number(),
  isDiscarded: v.optional(v.boolean()),
  handle: v.fallback(v.optional(v.custom<FileSystemFileHandle>(isFileHandle)), undefined),
} satisfies Record<keyof ResumeRecord, v.GenericSchema>)

/** Reads a stored value; undefined when another version or another program wrote it. */
export function parseResumeRecord(value: unknown): ResumeRecord | undefined {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : undefined
}

/** The records whose uploads can still be continued, the latest first. */
export function resumableAmong(records: readonly ResumeRecord[], now: number): ResumeRecord[] {
  return records.filter((record) => isResumable(record, now)).sort((a, b) => b.savedAt - a.savedAt)
}

/** The records that are of no use but to abort their uploads. */
export function expiredAmong(records: readonly ResumeRecord[], now: number): ResumeRecord[] {
  return records.filter((record) => !isResumable(record, now))
}

/** Whether no page is going to ask for the record any more. */
export function isForgotten(record: ResumeRecord, now: number): boolean {
  return ageMs(record, now) > maxAgeMs
}

/** Whether the upload can still be continued: this version wrote the record, and its token is still valid. */
export function isResumable(record: ResumeRecord, now: number): boolean {
  const isOfUse = record.version === recordVersion && !record.isDiscarded
  return isOfUse && ageMs(record, now) <= resumableForMs
}

function ageMs({ savedAt }: ResumeRecord, now: number): number {
  return now - savedAt
}

function isFileHandle(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'getFile' in value
}
