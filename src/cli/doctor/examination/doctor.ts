import type { ProviderConfig } from '../../../server/config/provider-config.js'
import type { Bucket } from '../../bucket/bucket.js'
import type { BucketConfig } from '../../bucket/bucket-options.js'
import type { Terminal } from '../../command-line/terminal.js'
import type { Finding } from './finding.js'

/** What every check works with. */
export interface Doctor {
  readonly config: BucketConfig
  /** As the server reaches it. */
  readonly bucket: Bucket
  /** As browsers reach it: the same, or the bucket at the public endpoint. */
  readonly pages: Bucket
  /** Of the pages that upload. */
  readonly origin: string
  /** How the signing handler has small files sent. */
  readonly method: 'POST' | 'PUT'
  /** What it takes the storage to know. */
  readonly handler: Pick<ProviderConfig, 'overwrite' | 'completionOverwrite' | 'checksums'>
  /** Whether it gives uploads a tag by which the bucket expires them until they are claimed. */
  readonly unclaimed: 'keep' | 'tag'
  readonly terminal: Pick<Terminal, 'fetch' | 'now'>
  /** Whether strangers are meant to read the bucket. */
  readonly isPublic: boolean
  /** Below which everything is written: `<prefix>.s3-direct-upload-doctor/<random>/`. */
  readonly folder: string
  /** What was written and has to be removed. */
  readonly written: Written
  /** Keys that are certain to hold the sample. */
  readonly stored: Set<string>
}

/** What the checks have left in the bucket, or may have where an answer was lost. */
interface Written {
  readonly keys: Set<string>
  /** Keys of multipart uploads whose ids have not arrived. */
  readonly unnamedMultiparts: Set<string>
  /** Multipart uploads: S3's id → key. */
  readonly multiparts: Map<string, string>
}

/** What came of a check. */
export interface CheckOutcome {
  readonly findings?: readonly Finding[]
  /** What could not be looked at, and why that is no fault. */
  readonly notes?: readonly string[]
  /** Whether nothing else can be judged before this is put right. */
  readonly isFatal?: boolean
}

/** One thing to look at. */
export interface DoctorCheck {
  /** Stable, for scripts. */
  readonly name: string
  readonly title: string
  /** Left out where it is always looked at. */
  readonly appliesTo?: (doctor: Doctor) => boolean
  readonly run: (doctor: Doctor) => Promise<CheckOutcome>
}
