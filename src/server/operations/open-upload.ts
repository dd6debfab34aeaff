import type { ObjectToAssemble } from '../s3-client/create-multipart-upload.js'
import { pauseAfter } from '../s3-client/send.js'
import { isSigningError, SigningError } from '../signing-error.js'
import { findObject } from './find-object.js'
import type { SigningContext } from './signing-context.js'

const maxAttempts = 3

/**
 * Returns what S3 calls the upload of an object: one that is open already, when an earlier answer was lost, or a new one.
 *
 * @throws SigningError `upload-exists` when the object stands there already, or why S3 cannot begin.
 */
export async function openUpload(
  object: ObjectToAssemble,
  context: SigningContext,
): Promise<string> {
  const { s3, config } = context
  if (await findObject(object.key, s3)) throw uploadExists()
  for (let attempt = context.attempt; ; attempt += 1) {
    // S3 may have begun an upload and its answer was lost, between S3 and here or between here and the page.
    const open = attempt > 1 ? await findOpenUpload(object.key, context) : undefined
    if (open !== undefined) return open
    try {
      return await s3.createMultipartUpload(object)
    } catch (error) {
      const isPassing = isSigningError(error) && error.code === 'storage-error'
      const tries = attempt - context.attempt + 1
      if (!isPassing || tries === maxAttempts) throw error
      await config.sleep(pauseAfter(tries))
    }
  }
}

/** Says that the file was uploaded and put together before. */
export function uploadExists(): SigningError {
  return new SigningError('upload-exists', 'This upload was completed before. Start a new one.')
}

async function findOpenUpload(
  key: string,
  { s3, config }: SigningContext,
): Promise<string | undefined> {
  try {
    const uploads = await s3.listMultipartUploads(key)
    const [newest] = [...uploads].sort((a, b) => Date.parse(b.initiated) - Date.parse(a.initiated))
    return newest?.s3UploadId
  } catch (error) {
    // Where uploads cannot be listed, a new one is better than none; a lifecycle rule removes the other.
    if (!isSigningError(error) || error.code !== 'storage-refused') throw error
    config.onError(error)
    return undefined
  }
}
