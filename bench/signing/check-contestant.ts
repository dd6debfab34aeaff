import type { TestS3 } from 's3-direct-upload/testing'
import { batchSize, type SigningContestant } from './contestant.js'

/**
 * Sends what was signed to the test S3, which verifies every signature, policy and checksum.
 *
 * @throws Error that says who signed what S3 refused.
 */
export async function checkContestant(
  { task, subject, signBatch }: SigningContestant,
  s3: Pick<TestS3, 'fetch'>,
): Promise<void> {
  const requests = await (await signBatch())()
  if (requests.length !== batchSize) {
    throw new Error(`${subject} made ${requests.length} of ${task}, not ${batchSize}.`)
  }
  // A batch is signed in one way; its ends show that each has its own key or number.
  for (const request of [requests.at(0), requests.at(-1)]) {
    const response = request && (await s3.fetch(request))
    if (response?.ok) continue
    throw new Error(`S3 refused the ${task} of ${subject}: ${await response?.text()}`)
  }
}
