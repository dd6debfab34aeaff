import type { BucketRecord, MultipartRecord, ObjectRecord, PartRecord } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'

/** A bucket with everything that can be seen in it. */
export interface CatalogBucket {
  record: BucketRecord
  readonly objects: Map<string, ObjectRecord>
  readonly uploads: Map<string, CatalogMultipart>
  /** By upload id, so that a completion whose answer was lost can be repeated. */
  readonly completed: Map<string, FinishedMultipart>
  /** How many objects and uploads are on their way into it. */
  arriving: number
  /** The keys in the order of their UTF-8 bytes; made when it is asked for, dropped when it changes. */
  sortedKeys: readonly string[] | undefined
}

/** An unfinished upload with its parts. */
export interface CatalogMultipart {
  readonly record: MultipartRecord
  readonly parts: Map<number, PartRecord>
}

/** A multipart upload that has become an object. */
export interface FinishedMultipart {
  readonly record: ObjectRecord
  /** The part numbers and ETags it was completed with. */
  readonly parts: string
}

/** The keys of a bucket in the order S3 lists them. */
export function keysInOrder(bucket: CatalogBucket): readonly string[] {
  bucket.sortedKeys ??= [...bucket.objects.keys()].sort(compareKeys)
  return bucket.sortedKeys
}

/** Orders keys by their UTF-8 bytes; JavaScript alone would put `\uffff` behind an emoji. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** What S3 says about a bucket that does not exist. */
export function noSuchBucket(name: string | undefined): TestS3Error {
  return new TestS3Error('NoSuchBucket', 'The specified bucket does not exist', {
    BucketName: name,
  })
}

/** What S3 says about an upload that was completed, aborted or never created. */
export function noSuchUpload(uploadId: string): TestS3Error {
  return new TestS3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { UploadId: uploadId },
  )
}

/** Surrogates stand for characters above all others. */
function rank(codeUnit: number): number {
  return codeUnit >= 0xd800 && codeUnit <= 0xdfff ? codeUnit + 0x10000 : codeUnit
}
