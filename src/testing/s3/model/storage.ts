/** One rule of a bucket's CORS configuration. */
export interface CorsRule {
  readonly id?: string
  /** Origins such as `https://app.example.com`; one `*` may stand for any text. */
  readonly allowedOrigins: readonly string[]
  readonly allowedMethods: readonly string[]
  /** Names a preflight may ask for; one `*` may stand for any text. @default [] */
  readonly allowedHeaders?: readonly string[]
  /** Response headers that scripts may read. @default [] */
  readonly exposeHeaders?: readonly string[]
  readonly maxAgeSeconds?: number
}

/** One rule of a bucket's lifecycle configuration; the test S3 keeps it and never acts on it. */
export interface LifecycleRule {
  readonly id?: string
  readonly status: 'Enabled' | 'Disabled'
  /** Which keys it is about; '' for all. */
  readonly prefix: string
  /** Which tag the objects have; left out where that does not matter. */
  readonly tag?: { readonly key: string; readonly value: string }
  /** After how many days an unfinished multipart upload is aborted. */
  readonly abortUploadsAfterDays?: number
  /** After how many days an object is removed. */
  readonly expireAfterDays?: number
}

/** What a bucket is, apart from its objects. */
export interface BucketRecord {
  readonly name: string
  /** In milliseconds since 1970. */
  readonly createdAt: number
  /** Left out where the bucket has no CORS configuration. */
  readonly cors?: readonly CorsRule[]
  /** Left out where the bucket has no lifecycle configuration. */
  readonly lifecycle?: readonly LifecycleRule[]
}

/** The headers an object is served with. */
export interface ObjectHeaders {
  /** Content-Type and its like, names in lower case. */
  readonly content: Readonly<Record<string, string>>
  /** User metadata without the `x-amz-meta-` prefix, names in lower case. */
  readonly metadata: Readonly<Record<string, string>>
  /** Storage class and encryption as asked for, by header; left out where nothing was. */
  readonly kept?: Readonly<Record<string, string>>
  /** Left out where there are none. */
  readonly tags?: Readonly<Record<string, string>>
}

/** The algorithms it accepts in `x-amz-checksum-*`; S3 has three more, `xxhash64`, `xxhash3` and `xxhash128`. */
export const checksumAlgorithms = [
  'crc32',
  'crc32c',
  'crc64nvme',
  'md5',
  'sha1',
  'sha256',
  'sha512',
] as const

/** The name of a checksum, as it stands in `x-amz-checksum-*`. */
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number]

/** Whether a checksum covers the whole object or the list of its parts' checksums. */
export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT'

/** A checksum of an object or part. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm
  readonly type: ChecksumType
  /** Base64; of a composite one with `-` and the number of parts. */
  readonly value: string
}

/** What is known of an object, apart from its bytes. */
export interface ObjectRecord extends ObjectHeaders {
  readonly key: string
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  /** In milliseconds since 1970. */
  readonly lastModified: number
  readonly checksum?: Checksum
  /** Of an object that was uploaded in parts. */
  readonly partCount?: number
}

/** One part of an unfinished upload. */
export interface PartRecord {
  readonly partNumber: number
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  /** In milliseconds since 1970. */
  readonly lastModified: number
  readonly checksum?: Checksum
}

/** An unfinished multipart upload, apart from its parts. */
export interface MultipartRecord extends ObjectHeaders {
  readonly bucket: string
  readonly key: string
  readonly uploadId: string
  /** In milliseconds since 1970. */
  readonly initiated: number
  readonly checksumAlgorithm?: ChecksumAlgorithm
  readonly checksumType?: ChecksumType
}

/** Bytes that have arrived and are not visible yet. */
export interface UnpublishedBody {
  readonly size: number
  /** Frees the bytes; does nothing once they are published. */
  discard(): Promise<void>
}

/** Takes in the bytes of one body. */
export interface BodyWriter {
  write(chunk: Uint8Array): Promise<void>
  finish(): Promise<UnpublishedBody>
  /** Frees what was written. */
  discard(): Promise<void>
}

/** The bytes of one object as they were when it was opened, whatever happens to its key later. */
export interface OpenBody {
  /** Streams the bytes from `start` up to and without `end`; call it once. */
  read(start: number, end: number): ReadableStream<Uint8Array>
}

/** Everything a storage holds when a test S3 starts on it. */
export interface StoredState {
  readonly buckets: readonly {
    readonly record: BucketRecord
    readonly objects: readonly ObjectRecord[]
    readonly uploads: readonly {
      readonly record: MultipartRecord
      readonly parts: readonly PartRecord[]
    }[]
  }[]
}

/**
 * Where a test S3 keeps bytes and records.
 *
 * It is told what to keep and decides nothing: the test S3 holds all records in memory, asks for each key
 * one change at a time, and reads the storage only when it starts.
 */
export interface TestS3Storage {
  load(): Promise<StoredState>
  saveBucket(record: BucketRecord): Promise<void>
  /** Forgets a bucket without objects, and with it its unfinished uploads. */
  removeBucket(name: string): Promise<void>
  writeBody(): Promise<BodyWriter>
  /**
   * Makes body and record visible at once, in place of what stood under the key.
   *
   * With `upload`, the object is made of its parts: the upload is forgotten in the same step.
   */
  publishObject(
    bucket: string,
    record: ObjectRecord,
    body: UnpublishedBody,
    upload?: MultipartRecord,
  ): Promise<void>
  /** Replaces the record of an object that was published, and leaves its bytes as they are. */
  saveObject(bucket: string, record: ObjectRecord): Promise<void>
  /** Opens the bytes of an object; nothing where they are gone. */
  openObject(bucket: string, key: string): Promise<OpenBody | undefined>
  removeObject(bucket: string, key: string): Promise<void>
  saveUpload(record: MultipartRecord): Promise<void>
  publishPart(upload: MultipartRecord, record: PartRecord, body: UnpublishedBody): Promise<void>
  /** Puts parts together in the order of the list and shows each chunk to `onChunk` on the way. */
  joinParts(
    upload: MultipartRecord,
    partNumbers: readonly number[],
    onChunk?: (chunk: Uint8Array) => void,
  ): Promise<UnpublishedBody>
  /** Forgets an upload with all its parts. */
  removeUpload(upload: MultipartRecord): Promise<void>
}
