import type { S3Answer } from '../../../s3-client/s3-answer.js'
import { describeForeign, foreignRemedy } from '../../bucket/foreign-answer.js'
import type { Doctor } from './doctor.js'
import type { Finding } from './finding.js'

/** Explains that something else than the storage has answered; the same cause in every check, so found once. */
export function foreignAnswerFinding(
  answer: S3Answer,
  operation: string,
  { bucket }: Pick<Doctor, 'bucket'>,
): Finding {
  const url = bucket.url()
  return {
    id: 'foreign-answer',
    problem: `Something answers in the place of the storage: ${operation} got ${describeForeign(answer)}.`,
    reason: 'What the storage would say does not arrive, neither here nor at the app’s server.',
    fix: { text: foreignRemedy(answer, url) },
  }
}
