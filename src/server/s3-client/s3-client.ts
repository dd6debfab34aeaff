import type { ObjectTags } from '../../s3/object-tagging.js'
import { abortMultipartUpload } from './abort-multipart-upload.js'
import {
  type Completion,
  completeMultipartUpload,
  type UploadToComplete,
} from './complete-multipart-upload.js'
import { createMultipartUpload, type ObjectToAssemble } from './create-multipart-upload.js'
import { deleteObject, type ObjectToDelete } from './delete-object.js'
import { getObjectBeginning, type ObjectBeginning } from './get-object-range.js'
import { headObject, type ObjectToHead, type StoredObject } from './head-object.js'
import { isListed } from './is-listed.js'
import {
  listMultipartUploads,
  listUploadsBelow,
  type OpenUpload,
} from './list-multipart-uploads.js'
import { listParts, type StoredPart } from './list-parts.js'
import type { MultipartTarget } from './multipart-target.js'
import { getObjectTags, setObjectTags } from './object-tags.js'
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
  /** Tells whether the bucket lists an object; `false` also where it may not be listed. */
  readonly isListed: (key: string) => Promise<boolean>
  /** Begins an upload and returns what S3 calls it. */
  readonly createMultipartUpload: (object: ObjectToAssemble) => Promise<string>
  /** Lists the open uploads of one key. */
  readonly listMultipartUploads: (key: string) => Promise<readonly OpenUpload[]>
  /** Lists the open uploads of every key that begins like this. */
  readonly listUploadsBelow: (prefix: string) => Promise<readonly OpenUpload[]>
  /** Lists every part of an upload by its number; `undefined` when S3 has no such upload. */
  readonly listParts: (
    target: MultipartTarget,
  ) => Promise<ReadonlyMap<number, StoredPart> | undefined>
  /** Puts the parts of an upload together. */
  readonly completeMultipartUpload: (upload: UploadToComplete) => Promise<Completion>
  /** Asks S3 to drop an upload and its parts. */
  readonly abortMultipartUpload: (target: MultipartTarget) => Promise<void>
  /** Reads the first bytes of an object that is not empty. */
  readonly getObjectBeginning: (beginning: ObjectBeginning) => Promise<Uint8Array>
  /** Deletes the object under a key, if there is one; `false` when another stands there than was meant. */
  readonly deleteObject: (object: ObjectToDelete) => Promise<boolean>
  /** Reads the tags of an object; `undefined` when none stands under the key. */
  readonly getObjectTags: (key: string) => Promise<ObjectTags | undefined>
  /** Gives an object these tags and no others; `false` when none stands under the key. */
  readonly setObjectTags: (object: {
    readonly key: string
    readonly tags: ObjectTags
  }) => Promise<boolean>
}

/** Creates a client of one bucket; it asks for the credentials once, so make one per request. */
export function createS3Client(options: S3ClientOptions): S3Client {
  const connection = openConnection(options)
  return {
    headObject: (object) => headObject(object, connection),
    isListed: (key) => isListed(key, connection),
    createMultipartUpload: (object) => createMultipartUpload(object, connection),
    listMultipartUploads: (key) => listMultipartUploads(key, connection),
    listUploadsBelow: (prefix) => listUploadsBelow(prefix, connection),
    listParts: (target) => listParts(target, connection),
    completeMultipartUpload: (upload) => completeMultipartUpload(upload, connection),
    abortMultipartUpload: (target) => abortMultipartUpload(target, connection),
    getObjectBeginning: (beginning) => getObjectBeginning(beginning, connection),
    deleteObject: (object) => deleteObject(object, connection),
    getObjectTags: (key) => getObjectTags(key, connection),
    setObjectTags: (object) => setObjectTags(object, connection),
  }
}
