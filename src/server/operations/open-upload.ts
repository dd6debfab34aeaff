import type { ObjectToAssemble } from '../s3-client/create-multipart-upload.js'
import { pauseAfter } from '../s3-client/send.js'
import { isSigningError, SigningError } from '../signing-error.js'
import { findObject } from './find-object.js'
import { findUploads } from './find-uploads.js'
import type { SigningContext } from './signing-context.js'

const maxAttempts = 3

/**
 * Returns what S3 calls the upload of an object: one that is open already, when an earlier answer was lost, or a new one.
 * Where open uploads are limited, one that is open is taken up in any case: only one of a key has been counted.
 *
 * @throws SigningError `quota-exceeded` when no more may be open, `upload-exists` when the object stands there already, or why S3 cannot begin.
 */
export async function openUpload(
  object: ObjectToAssemble,
  context: SigningContext,
): Promise<string> {
  const place = context.openUploads?.takePlace(object.key)
  return context.attempt > 1 || place === 'open'
    ? findOrBegin(object, context)
    : beginAtOnce(object, context)
}

/** Says that the file was uploaded and put together before. */
export function uploadExists(): SigningError {
  return new SigningError('upload-exists', 'This upload was completed before. Start a new one.')
}

async function findOrBegin(object: ObjectToAssemble, context: SigningContext): Promise<string> {
  const { s3 } = context
  const [stored, open] = await Promise.all([
    findObject(object.key, s3),
    findNewestUpload(object.key, context),
  ])
  if (stored) throw uploadExists()
  if (open !== undefined) return open
  return s3
    .createMultipartUpload(object)
    .catch((error: unknown) => beginAgain(object, error, context))
}

/** Begins while it looks whether the object stands there, since hardly ever one does. */
async function beginAtOnce(object: ObjectToAssemble, context: SigningContext): Promise<string> {
  const { key } = object
  const { s3, config } = context
  const [looked, begun] = await Promise.allSettled([
    findObject(key, s3),
    s3.createMultipartUpload(object),
  ])
  if (looked.status === 'fulfilled' && looked.value === undefined) {
    return begun.status === 'fulfilled' ? begun.value : beginAgain(object, begun.reason, context)
  }
  if (begun.status === 'fulfilled') {
    await s3.abortMultipartUpload({ key, s3UploadId: begun.value }).catch(config.onError)
  }
  throw looked.status === 'rejected' ? looked.reason : uploadExists()
}

/** Tries again after failures that pass. S3 may have begun an upload whose answer was lost: that one is taken then. */
async function beginAgain(
  object: ObjectToAssemble,
  reason: unknown,
  context: SigningContext,
): Promise<string> {
  const { s3, config } = context
  let failure = reason
  for (let attempt = 1; attempt < maxAttempts; attempt += 1) {
    if (!isSigningError(failure) || failure.code !== 'storage-error') break
    await config.sleep(pauseAfter(attempt))
    const open = await findNewestUpload(object.key, context)
    if (open !== undefined) return open
    try {
      return await s3.createMultipartUpload(object)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

async function findNewestUpload(key: string, context: SigningContext): Promise<string | undefined> {
  const uploads = await findUploads(key, context)
  const [newest] = [...uploads].sort((a, b) => Date.parse(b.initiated) - Date.parse(a.initiated))
  return newest?.s3UploadId
}
