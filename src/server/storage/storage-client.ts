import type { ObjectTags } from '../../s3/object-tagging.js'
import { sendAbortMultipartUpload } from '../../s3-client/abort-multipart-upload.js'
import {
  type Completion,
  sendCompleteMultipartUpload,
  type UploadToComplete,
} from '../../s3-client/complete-multipart-upload.js'
import { sendCreateMultipartUpload } from '../../s3-client/create-multipart-upload.js'
import { type ObjectToDelete, sendDeleteObject } from '../../s3-client/delete-object.js'
import { type ObjectStart, sendGetObject } from '../../s3-client/get-object.js'
import { type ObjectHead, type ObjectToHead, sendHeadObject } from '../../s3-client/head-object.js'
import {
  type ListedMultipart,
  sendListMultipartUploads,
} from '../../s3-client/list-multipart-uploads.js'
import { sendListObjects } from '../../s3-client/list-objects.js'
import { type StoredPart, sendListParts } from '../../s3-client/list-parts.js'
import type { MultipartTarget } from '../../s3-client/multipart-target.js'
import { sendGetObjectTagging, sendPutObjectTagging } from '../../s3-client/object-tags.js'
import { openConnection, type S3ClientOptions } from '../../s3-client/s3-connection.js'
import { type ObjectStorage, storageHeaders } from '../objects/storage-headers.js'
import { requireContent } from './object-content.js'
import { translateStorageError } from './storage-errors.js'

/** What the object of a multipart upload will be. */
export interface ObjectToAssemble {
  readonly key: string
  readonly contentType: string
  readonly storage: ObjectStorage
  /** Binds every part, and the completion, to checksums of this kind. */
  readonly checksumAlgorithm: 'SHA256' | undefined
}

/** The few S3 requests that the server sends itself; each throws a `SigningError` when S3 does not answer, or refuses. */
export interface StorageClient {
  /**
   * Looks at an object; `undefined` when none stands under the key.
   *
   * @throws SigningError `storage-error`, `storage-refused`, or `upload-not-found` where S3 does not say which.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
   */
  readonly headObject: (object: ObjectToHead) => Promise<ObjectHead | undefined>
  /** Tells whether the bucket lists an object; `false` also where it may not be listed. */
  readonly isListed: (key: string) => Promise<boolean>
  /** Begins an upload and returns what S3 calls it. */
  readonly createMultipartUpload: (object: ObjectToAssemble) => Promise<string>
  /** Lists the multipart uploads of one key. */
  readonly listMultipartUploads: (key: string) => Promise<readonly ListedMultipart[]>
  /** Lists the multipart uploads of every key that begins like this. */
  readonly listUploadsBelow: (prefix: string) => Promise<readonly ListedMultipart[]>
  /** Lists every part of an upload by its number; `undefined` when S3 has no such upload. */
  readonly listParts: (
    target: MultipartTarget,
  ) => Promise<ReadonlyMap<number, StoredPart> | undefined>
  /** Puts the parts of an upload together. */
  readonly completeMultipartUpload: (upload: UploadToComplete) => Promise<Completion>
  /** Asks S3 to drop an upload and its parts. */
  readonly abortMultipartUpload: (target: MultipartTarget) => Promise<void>
  /**
   * Reads the first bytes of an object that is not empty.
   *
   * @throws SigningError `storage-error` when another object stands there meanwhile, `type-mismatch` when it was stored
   *   with an encoding, or what S3 says.
   */
  readonly readStart: (start: ObjectStart) => Promise<Uint8Array>
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
export function createStorageClient(options: S3ClientOptions): StorageClient {
  const connection = openConnection(options)
  const listUploadsBelow = translated((prefix: string) =>
    sendListMultipartUploads(prefix, connection),
  )
  return {
    headObject: translated((object) => sendHeadObject(object, connection)),
    isListed: translated((key) => sendListObjects(key, connection)),
    createMultipartUpload: translated(({ key, ...object }) =>
      sendCreateMultipartUpload({ key, headers: creationHeaders(object) }, connection),
    ),
    listMultipartUploads: async (key) => {
      const uploads = await listUploadsBelow(key)
      return uploads.filter((upload) => upload.key === key)
    },
    listUploadsBelow,
    listParts: translated((target) => sendListParts(target, connection)),
    completeMultipartUpload: translated((upload) =>
      sendCompleteMultipartUpload(upload, connection),
    ),
    abortMultipartUpload: translated((target) => sendAbortMultipartUpload(target, connection)),
    readStart: translated(async (start) => requireContent(await sendGetObject(start, connection))),
    deleteObject: translated((object) => sendDeleteObject(object, connection)),
    getObjectTags: translated((key) => sendGetObjectTagging(key, connection)),
    setObjectTags: translated((object) => sendPutObjectTagging(object, connection)),
  }
}

/** Makes a request fail with a refusal that the client understands. */
function translated<Input, Output>(
  request: (input: Input) => Promise<Output>,
): (input: Input) => Promise<Output> {
  return async (input) => {
    try {
      return await request(input)
    } catch (error) {
      throw translateStorageError(error)
    }
  }
}

function creationHeaders({
  contentType,
  storage,
  checksumAlgorithm,
}: Omit<ObjectToAssemble, 'key'>): Record<string, string> {
  return {
    'content-type': contentType,
    ...storageHeaders(storage),
    ...(checksumAlgorithm && { 'x-amz-checksum-algorithm': checksumAlgorithm }),
  }
}
