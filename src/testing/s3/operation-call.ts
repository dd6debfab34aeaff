import type { Credentials } from '../../sigv4/credentials.js'
import type { Authentication } from './authentication.js'
import type { Catalog } from './catalog.js'
import type { CatalogBucket } from './catalog-bucket.js'
import type { Faults } from './faults.js'
import type { Hashes } from './hashes.js'
import type { IncomingRequest } from './incoming-request.js'
import type { Quirks } from './quirks.js'
import type { CorsRule, LifecycleRule, TestS3Storage } from './storage.js'

/** What all operations of one test S3 share. */
export interface TestS3Setup {
  readonly catalog: Catalog
  readonly storage: TestS3Storage
  readonly faults: Faults
  readonly hashes: Hashes
  readonly credentials: readonly Credentials[]
  readonly region: string
  readonly quirks: Quirks
  readonly now: () => Date
  readonly minPartSizeBytes: number
  readonly maxPutBytes: number
  /** The rules a bucket is born with. */
  readonly cors: readonly CorsRule[] | undefined
  readonly lifecycle: readonly LifecycleRule[] | undefined
  readonly addressing: 'any' | 'path'
}

/** A request for something in no bucket, or for a bucket that need not exist. */
export interface ServiceCall {
  readonly setup: TestS3Setup
  readonly request: IncomingRequest
}

/** A form post: its signature is in the form. */
export interface FormCall extends ServiceCall {
  readonly bucket: CatalogBucket
}

/** A request whose signature is verified. */
export interface SignedCall extends ServiceCall {
  readonly authentication: Authentication
}

/** A signed request for a bucket that exists. */
export interface BucketCall extends SignedCall {
  readonly bucket: CatalogBucket
}

/** A signed request for an object. */
export interface ObjectCall extends BucketCall {
  readonly key: string
}
