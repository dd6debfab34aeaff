import type { Doctor } from './doctor.js'
import { sampleText } from './sample.js'

/** Stores the sample with the server's own key, for checks that read; `undefined` where that is refused. */
export async function storedSample({
  bucket,
  folder,
  written,
}: Doctor): Promise<string | undefined> {
  const key = `${folder}stored.txt`
  if (written.keys.has(key)) return key
  const headers = { 'content-type': 'text/plain' }
  const answer = await bucket.send({ method: 'PUT', key, headers, body: sampleText })
  if (!answer.isSuccess) return undefined
  written.keys.add(key)
  return key
}
