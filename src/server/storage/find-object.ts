import type { ObjectHead, ObjectToHead } from '../../s3-client/head-object.js'
import { isSigningError } from '../errors/signing-error.js'
import type { StorageClient } from './storage-client.js'
import { objectUnreadable } from './storage-errors.js'

/** Looks whether an object stands under a key. Without `s3:ListBucket`, S3 refuses to say that none does. */
export async function findObject(key: string, s3: StorageClient): Promise<ObjectHead | undefined> {
  try {
    return await s3.headObject({ key })
  } catch (error) {
    if (isSigningError(error) && error.code === 'upload-not-found') return undefined
    throw error
  }
}

/**
 * Looks at an object that should be there; `undefined` where none is.
 *
 * Tells one that is missing from one that may not be read, before a page sends the file once more: the bucket may be listed
 * where its objects may not be read.
 *
 * @throws SigningError `storage-refused` where it may not be read, `upload-not-found` where S3 does not say which.
 */
export async function lookAtStored(
  object: ObjectToHead,
  s3: StorageClient,
): Promise<ObjectHead | undefined> {
  try {
    return await s3.headObject(object)
  } catch (error) {
    const isUnclear = isSigningError(error) && error.code === 'upload-not-found'
    if (isUnclear && (await s3.isListed(object.key))) throw objectUnreadable(error.cause)
    throw error
  }
}
