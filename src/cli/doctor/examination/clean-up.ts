import { childrenNamed, childText } from '../../../s3/xml.js'
import { isSuccess, rootOf, type S3Answer } from '../../../s3-client/s3-answer.js'
import type { Bucket, BucketRequest } from '../../bucket/bucket.js'
import { CredentialsError } from '../../bucket/credentials-error.js'
import { wasNeverSent } from '../../command-line/network-failure.js'
import type { Doctor } from './doctor.js'

/** Sends what writes an object; its key is noted before, and is forgotten when S3 has refused the request. */
export async function noteWrite(
  { written }: Pick<Doctor, 'written'>,
  key: string,
  send: () => Promise<S3Answer>,
): Promise<S3Answer> {
  return noteIn(written.keys, key, send)
}

/** Sends what creates a multipart upload; its key is noted until the id has arrived, or S3 has refused the request. */
export async function noteMultipart(
  { written }: Pick<Doctor, 'written'>,
  key: string,
  send: () => Promise<S3Answer>,
): Promise<S3Answer> {
  return noteIn(written.unnamedMultiparts, key, send)
}

async function noteIn(
  notes: Set<string>,
  key: string,
  send: () => Promise<S3Answer>,
): Promise<S3Answer> {
  notes.add(key)
  try {
    const answer = await send()
    if (isRefused(answer)) notes.delete(key)
    return answer
  } catch (error) {
    if (error instanceof CredentialsError || wasNeverSent(error)) notes.delete(key)
    throw error
  }
}

/** Removes what the checks wrote, and returns the keys of what stays. */
export async function cleanUp({
  bucket,
  written,
}: Pick<Doctor, 'bucket' | 'written'>): Promise<readonly string[]> {
  const left: string[] = []
  for (const key of written.unnamedMultiparts) {
    const found = await multipartsOf(bucket, key)
    for (const uploadId of found ?? []) written.multiparts.set(uploadId, key)
    if (!found) left.push(`${key} (unfinished upload)`)
  }
  for (const [uploadId, key] of written.multiparts) {
    const isGone = await remove(bucket, { method: 'DELETE', key, query: { uploadId } })
    if (!isGone) left.push(`${key} (unfinished upload)`)
  }
  for (const key of written.keys) {
    if (!(await remove(bucket, { method: 'DELETE', key }))) left.push(key)
  }
  return left
}

/** An error inside an answer of 200, or of the server itself, leaves open what was done. */
function isRefused({ status }: S3Answer): boolean {
  return status >= 300 && status < 500
}

/** Finds multipart uploads whose ids never arrived; `undefined` where they may not be listed. */
async function multipartsOf(bucket: Bucket, key: string): Promise<readonly string[] | undefined> {
  try {
    const answer = await bucket.send({ method: 'GET', query: { uploads: '', prefix: key } })
    const root = isSuccess(answer) ? rootOf(answer) : undefined
    return (
      root && childrenNamed(root, 'Upload').map((upload) => childText(upload, 'UploadId') ?? '')
    )
  } catch {
    return undefined
  }
}

async function remove(bucket: Bucket, request: BucketRequest): Promise<boolean> {
  try {
    const answer = await bucket.send(request)
    return isSuccess(answer) || answer.status === 404
  } catch {
    // The keys that stay are reported, and say all there is to say.
    return false
  }
}
