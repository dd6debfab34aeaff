import type { Answer } from '../bucket/answer.js'
import type { Bucket, BucketRequest } from '../bucket/bucket.js'
import type { Doctor } from './doctor.js'

/** Notes that a key may have been written, unless the storage said that it was not. */
export function noteWrite({ written }: Doctor, key: string, answer: Answer): void {
  if (answer.isSuccess || answer.status >= 500) written.keys.add(key)
}

/** Removes what the checks wrote, and returns the keys of what stays. */
export async function cleanUp({ bucket, written }: Doctor): Promise<readonly string[]> {
  const left: string[] = []
  for (const [uploadId, key] of written.uploads) {
    const isGone = await remove(bucket, { method: 'DELETE', key, query: { uploadId } })
    if (!isGone) left.push(`${key} (unfinished upload)`)
  }
  for (const key of written.keys) {
    if (!(await remove(bucket, { method: 'DELETE', key }))) left.push(key)
  }
  return left
}

async function remove(bucket: Bucket, request: BucketRequest): Promise<boolean> {
  try {
    const answer = await bucket.send(request)
    return answer.isSuccess || answer.status === 404
  } catch {
    // Whoever reads what stays learns as much as there is to know.
    return false
  }
}
