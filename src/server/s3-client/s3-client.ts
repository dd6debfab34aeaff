import { abortMultipartUpload } from './abort-multipart-upload.js'
import {
  type Completion,
  completeMultipartUpload,
  type UploadToComplete,
} from './complete-multipart-upload.js'
import { createMultipartUpload, type ObjectToAssemble } from './create-multipart-upload.js'
import { headObject, type ObjectToHead, type StoredObject } from './head-object.js'
import {
  listMultipartUploads,
  listMultipartUploadsBelow,
  type OpenUpload,
} from './list-multipart-uploads.js'
import { listParts, type StoredPart } from './list-parts.js'
import type { MultipartTarget } from './multipart-target.js'
import { openConnection, type S3ClientOptions } from './s3-connection.js'

/** The few S3 requests that the server sends itself; each throws a `SigningError` when S3 does not answer, or refuses. */
export interface S3Client {
  /**
   * Looks at an object; `undefined` when none stands under the key.
   *
   * @throws SigningError `storage-error`, `storage-refused`, or `upload-not-found` where S3 does not say which.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
   */
  readonly headObject: (object: ObjectToHead) => Promise<StoredObject | undefined>
  /** Begins an upload and returns what S3 calls it. */
  readonly createMultipartUpload: (object: ObjectToAssemble) => Promise<string>
  /** Lists the open uploads of one key. */
  readonly listMultipartUploads: (key: string) => Promise<readonly OpenUpload[]>
  /** Lists the open uploads of every key that begins like this. */
  readonly listMultipartUploadsBelow: (prefix: string) => Promise<readonly OpenUpload[]>
  /** Lists every part of an upload by its number; `undefined` when S3 has no such upload. */
  readonly listParts: (
    target: MultipartTarget,
  ) => Promise<ReadonlyMap<number, StoredPart> | undefined>
  /** Puts the parts of an upload together. */
  readonly completeMultipartUpload: (upload: UploadToComplete) => Promise<Completion>
  /** Asks S3 to drop an upload and its parts. */
  readonly abortMultipartUpload: (target: MultipartTarget) => Promise<void>
}

/** Creates a client of one bucket; it asks for the credentials once, so make one per request. */
export function createS3Client(options: S3ClientOptions): S3Client {
  const connection = openConnection(options)
  return {
    headObject: (object) => headObject(object, connection),
    createMultipartUpload: (object) => createMultipartUpload(object, connection),
    listMultipartUploads: (key) => listMultipartUploads(key, connection),
    listMultipartUploadsBelow: (prefix) => listMultipartUploadsBelow(prefix, connection),
    listParts: (target) => listParts(target, connection),
    completeMultipartUpload: (upload) => completeMultipartUpload(upload, connection),
    abortMultipartUpload: (target) => abortMultipartUpload(target, connection),
  }
}
