import type { StoredObject } from '../s3-client/head-object.js'
import type { S3Client } from '../s3-client/s3-client.js'
import { isSigningError } from '../signing-error.js'

/** Looks whether an object stands under a key. Without `s3:ListBucket`, S3 refuses to say that none does. */
export async function findObject(key: string, s3: S3Client): Promise<StoredObject | undefined> {
  try {
    return await s3.headObject({ key })
  } catch (error) {
    if (isSigningError(error) && error.code === 'upload-not-found') return undefined
    throw error
  }
}
