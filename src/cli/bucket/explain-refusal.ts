import { classifyRefusal } from '../../s3/error-codes.js'
import type { S3Answer } from '../../s3-client/s3-answer.js'
import type { Bucket } from './bucket.js'
import { explainForeign } from './foreign-answer.js'
import { describeAnswer, isDenied, isForeign, isUnsupported } from './judge-answer.js'
import { refusedCaller } from './refused-caller.js'

/** Says in a sentence or two why the storage refused a request, and what helps; `action` is the permission it takes. */
export function explainRefusal(
  answer: S3Answer,
  action: string,
  { location, url }: Pick<Bucket, 'location' | 'url'>,
): string {
  const caller = refusedCaller(answer, location)
  if (caller) return `${caller.problem} ${caller.fix.text}`
  if (isForeign(answer)) return explainForeign(answer, url())
  const outcome = describeAnswer(answer)
  if (classifyRefusal(answer).cause === 'bucket-missing') {
    return `There is no bucket ${location.bucket} at this endpoint (${outcome}).`
  }
  if (isUnsupported(answer)) return `The storage does not know this call (${outcome}).`
  if (isDenied(answer)) return `S3 answered ${outcome}. The credentials need ${action}.`
  return `S3 answered ${outcome}.`
}
