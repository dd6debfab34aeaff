import type { ListedMultipart } from '../../s3-client/list-multipart-uploads.js'
import type { MultipartTarget } from '../../s3-client/multipart-target.js'
import { isSigningError } from '../errors/signing-error.js'
import type { StorageClient } from './storage-client.js'

/** With what multipart uploads are looked for. */
interface SearchContext {
  /** Hears that S3 refuses to list them. */
  readonly reportUnlistable: (error: unknown) => void
  readonly s3: Pick<StorageClient, 'listMultipartUploads'>
}

/** Finds the multipart uploads of a key; none where S3 refuses to list them: a lifecycle rule then removes them. */
export async function findMultiparts(
  key: string,
  { s3, reportUnlistable }: SearchContext,
): Promise<readonly ListedMultipart[]> {
  try {
    return await s3.listMultipartUploads(key)
  } catch (error) {
    if (!isSigningError(error) || error.code !== 'storage-refused') throw error
    reportUnlistable(error)
    return []
  }
}

/**
 * Aborts an upload, and says whether it is gone; a part that is under way may land after the abort, and stay.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
 */
async function removeUpload(target: MultipartTarget, s3: StorageClient): Promise<boolean> {
  await s3.abortMultipartUpload(target)
  return (await s3.listParts(target)) === undefined
}

/** Aborts uploads, and says whether all of them are gone. */
export async function removeEach(
  targets: readonly MultipartTarget[],
  s3: StorageClient,
): Promise<boolean> {
  const gone = await Promise.all(targets.map((target) => removeUpload(target, s3)))
  return gone.every(Boolean)
}

/**
 * Finds every other upload that is open under the key of this one.
 *
 * A browser sends a request again by itself when the connection ends without an answer, so that one file may have been
 * started twice at the same time. A key is made for one file of one owner: whatever is open under it is this file.
 */
export async function findOtherMultiparts(
  { key, s3UploadId }: MultipartTarget,
  context: SearchContext,
): Promise<readonly MultipartTarget[]> {
  const uploads = await findMultiparts(key, context)
  return uploads.filter((upload) => upload.s3UploadId !== s3UploadId)
}
