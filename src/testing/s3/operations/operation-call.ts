import type { Runtime } from '../../../async/runtime.js'
import type { Credentials } from '../../../sigv4/credentials.js'
import type { Authentication } from '../authentication/authentication.js'
import type { Hashes } from '../checksums/hashes.js'
import type { Faults } from '../faults/faults.js'
import type { ParsedRequest } from '../http/parsed-request.js'
import type { Quirks } from '../model/quirks.js'
import type { CorsRule, LifecycleRule, TestS3Storage } from '../model/storage.js'
import type { Catalog } from '../storage/catalog.js'
import type { CatalogBucket } from '../storage/catalog-bucket.js'

/** What all operations of one test S3 share. */
export interface TestS3Setup {
  readonly catalog: Catalog
  readonly storage: TestS3Storage
  readonly faults: Faults
  readonly hashes: Hashes
  readonly credentials: readonly Credentials[]
  readonly region: string
  readonly quirks: Quirks
  /** The time by which signatures expire and objects are dated, in milliseconds since 1970. */
  readonly now: () => number
  readonly randomBytes: Runtime['randomBytes']
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
  readonly request: ParsedRequest
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
