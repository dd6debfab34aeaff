import type { Credentials } from '../../sigv4/credentials.js'
import type { Hashes } from './checksums/hashes.js'
import type { FaultEffect } from './faults/fault-effect.js'
import type { FaultRule } from './faults/fault-rule.js'
import type { S3OperationName } from './http/operation-routes.js'
import type { FetchContext } from './http/parsed-request.js'
import type { TestS3Profile } from './model/quirks.js'
import type { Checksum, CorsRule, LifecycleRule, TestS3Storage } from './model/storage.js'
import type { TestS3ErrorCode } from './model/test-s3-error.js'

/** How a test S3 is set up. */
export interface TestS3Options {
  /** The buckets it has from the start. */
  readonly buckets: readonly string[]
  /** Whose signatures it accepts; temporary credentials carry their session token. */
  readonly credentials: Credentials | readonly Credentials[]
  /** The region that signatures must be made for. @default 'us-east-1' */
  readonly region?: string
  /** The CORS rules of every new bucket. @default none, so browsers are refused */
  readonly cors?: readonly CorsRule[]
  /** The lifecycle rules of every new bucket; kept, and never acted on. @default none */
  readonly lifecycle?: readonly LifecycleRule[]
  /**
   * Where it looks for the bucket: `'path'` knows it in the path alone, as servers without a domain of their own do.
   *
   * @default 'any', in the host name or in the path
   */
  readonly addressing?: 'any' | 'path'
  /** The clock by which signatures expire and objects are dated. @default the current time */
  readonly now?: () => Date
  /** Whose behaviour it takes on where servers differ. @default 'aws' */
  readonly profile?: TestS3Profile
  /** Whether a presigned request may carry only a Content-Type that was signed. @default that of the profile */
  readonly requireSignedContentType?: boolean
  /** Where bytes and records are kept. @default in memory */
  readonly storage?: TestS3Storage
  /** Faster hashes, where the platform has them. @default pure JavaScript */
  readonly hashes?: Partial<Hashes>
  /** The smallest part but the last, in bytes. @default 5 MiB, like S3 */
  readonly minPartSizeBytes?: number
  /** The largest body of one request, in bytes. @default 5 GiB, like S3 */
  readonly maxPutBytes?: number
  /** Called after each request, for tests that count them. */
  readonly onRequest?: (event: TestS3RequestEvent) => void
}

/** A request that a test S3 has answered. */
export interface TestS3RequestEvent {
  /** Left out when it could not be told what was asked for. */
  readonly operation?: S3OperationName
  readonly method: string
  readonly bucket?: string
  /** Of a posted form only the form has the key, so it is left out. */
  readonly key?: string
  /** Of UploadPart and UploadPartCopy. */
  readonly partNumber?: number
  /** Of the answer, also of one that a fault lost; 0 when a fault left the request without one. */
  readonly status: number
  /** What kind of fault hit it. */
  readonly fault?: FaultEffect['kind']
  readonly errorCode?: TestS3ErrorCode
  /** Why the request was refused; of an `InternalError` with what was thrown as its cause. */
  readonly error?: Error
  readonly origin?: string
}

/** An object in a test S3. */
export interface TestS3Object {
  readonly key: string
  /** In bytes. */
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  readonly contentType: string
  /** Content-Type and its like, names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly lastModified: Date
  /** User metadata without the `x-amz-meta-` prefix, names in lower case. */
  readonly metadata: Readonly<Record<string, string>>
  /** Storage class and encryption as asked for, by header; left out where nothing was. */
  readonly kept?: Readonly<Record<string, string>>
  /** Left out where there are none. */
  readonly tags?: Readonly<Record<string, string>>
  readonly checksum?: Checksum
  /** Reads the bytes; `new Response(await object.body()).text()` makes text of them. */
  body(): Promise<ReadableStream<Uint8Array>>
}

/** A multipart upload in a test S3 that is neither completed nor aborted. */
export interface TestS3Multipart {
  readonly key: string
  readonly uploadId: string
  readonly contentType: string
  readonly initiated: Date
  /** The parts that have arrived, by number; sizes in bytes. */
  readonly parts: readonly { readonly partNumber: number; readonly size: number }[]
}

/** A test S3 for tests and demos. */
export interface TestS3 {
  /** Resolves once the storage is read; everything else waits for that by itself. */
  ready(): Promise<void>
  /** Answers a request as S3 would; it rejects only where a fault takes the connection away, with a TypeError. */
  fetch(request: Request, context?: FetchContext): Promise<Response>
  /**
   * Makes requests fail from now on, and returns what takes the fault away again.
   *
   * Several faults are asked in the order they were added, and the first that is due takes effect.
   *
   * @example
   * s3.fault({ operation: 'PutObject', nth: 2, effect: { kind: 'refuse', code: 'SlowDown' } })
   * const remove = s3.fault({ key: /\.mp4$/, effect: { kind: 'lose-answer' } })
   * @throws TypeError when the rule cannot work, all problems in one message.
   */
  fault(rule: FaultRule): () => void
  /** Removes everything, faults and what they hold back too, and sets up the buckets anew. */
  reset(): Promise<void>
  /** Lists a bucket's objects by key. Only what is committed is there. */
  objects(bucket: string): Promise<readonly TestS3Object[]>
  /** Lists a bucket's unfinished multipart uploads by key; none of their bytes is an object yet. */
  uploads(bucket: string): Promise<readonly TestS3Multipart[]>
}
