import type { Doctor } from './doctor.js'

/** Removes what the checks wrote, and returns the keys of what stays. */
export async function cleanUp({ bucket, written }: Doctor): Promise<readonly string[]> {
  const left: string[] = []
  for (const [uploadId, key] of written.uploads) {
    const answer = await bucket.send({ method: 'DELETE', key, query: { uploadId } })
    if (!answer.isSuccess && answer.status !== 404) left.push(`${key} (unfinished upload)`)
  }
  for (const key of written.keys) {
    const answer = await bucket.send({ method: 'DELETE', key })
    if (answer.isSuccess || answer.status === 404) continue
    // What was never stored need not be removed.
    const head = await bucket.send({ method: 'HEAD', key })
    if (head.status !== 404) left.push(key)
  }
  return left
}
