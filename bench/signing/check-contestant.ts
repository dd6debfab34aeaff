import type { TestS3 } from 's3-direct-upload/testing'
import { batchSize, type Signed, type SigningContestant } from './contestant.js'
import { part, photo } from './workload.js'

/**
 * Sends what was signed to the test S3, which verifies every signature, policy and checksum.
 *
 * @throws Error that says who signed what S3 refused.
 */
export async function checkContestant(
  { task, subject, signBatch }: SigningContestant,
  s3: Pick<TestS3, 'fetch'>,
): Promise<void> {
  const batch = await (await signBatch())()
  if (batch.length !== batchSize) {
    throw new Error(`${subject} made ${batch.length} of ${task}, not ${batchSize}.`)
  }
  // A batch is signed in one way; its ends show that each has its own key or number.
  for (const signed of [batch.slice(0, 1), batch.slice(-1)].flat()) {
    const response = await s3.fetch(requestOf(signed))
    if (response.ok) continue
    throw new Error(`S3 refused the ${task} of ${subject}: ${await response.text()}`)
  }
}

/** The request of a browser. */
function requestOf(signed: Signed): Request {
  if ('fields' in signed) {
    const form = new FormData()
    for (const [name, value] of Object.entries(signed.fields)) form.append(name, value)
    form.append('file', new Blob([photo.bytes]), 'photo.jpg')
    return new Request(signed.url, { method: 'POST', body: form })
  }
  // A browser sets the length itself.
  const headers = { ...signed.headers, 'content-length': String(part.bytes.length) }
  return new Request(signed.url, { method: 'PUT', headers, body: part.bytes })
}
