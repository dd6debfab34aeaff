import { toDate } from '../../../s3/date-text.js'
import type { Credentials } from '../../../sigv4/credentials.js'
import { timingSafeEqual } from '../../../sigv4/crypto.js'
import { amzDate } from '../../../sigv4/signing-time.js'
import { TestS3Error, type TestS3ErrorDetails } from '../model/test-s3-error.js'
import type { AuthenticationFacts } from './authentication.js'

/** Makes the error for a signature's parameters that are not what they should be. */
type Malformed = (message: string, details?: TestS3ErrorDetails) => TestS3Error

/**
 * Finds the credentials that `AKIA…/20151229/us-east-1/s3/aws4_request` names, and checks the rest of it.
 *
 * @throws TestS3Error `InvalidAccessKeyId`, or what `malformed` makes.
 */
export function credentialsFor(
  { credentials, region }: Pick<AuthenticationFacts, 'credentials' | 'region'>,
  credential: string,
  { timeMs, malformed }: { readonly timeMs: number; readonly malformed: Malformed },
): Credentials {
  const pieces = credential.split('/')
  const accessKeyId = pieces.slice(0, -4).join('/')
  const [day = '', scopeRegion = '', service = '', terminator = ''] = pieces.slice(-4)
  if (pieces.length < 5 || !/^\d{8}$/.test(day)) {
    throw malformed(
      'The Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    )
  }
  if (service !== 's3') throw malformed(`The service '${service}' is wrong; expecting 's3'.`)
  if (terminator !== 'aws4_request') {
    throw malformed(`The terminator '${terminator}' is wrong; expecting 'aws4_request'.`)
  }
  if (scopeRegion !== region) {
    throw malformed(`The region '${scopeRegion}' is wrong; expecting '${region}'`, {
      Region: region,
    })
  }
  if (day !== amzDate(toDate(timeMs)).slice(0, 8)) {
    throw malformed(`Invalid credential date "${day}". This date is not the same as X-Amz-Date.`)
  }
  const found = credentials.find((candidate) => candidate.accessKeyId === accessKeyId)
  if (found) return found
  throw new TestS3Error(
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
    { AWSAccessKeyId: accessKeyId },
  )
}

/**
 * Checks that temporary credentials come with their session token and have not ended.
 *
 * @throws TestS3Error `InvalidToken` or `ExpiredToken`.
 */
export function requireSessionToken(
  { sessionToken, expiration }: Credentials,
  given: string | undefined,
  nowMs: number,
): void {
  if (!timingSafeEqual(given ?? '', sessionToken ?? '')) {
    throw new TestS3Error('InvalidToken', 'The provided token is malformed or otherwise invalid.')
  }
  if (expiration && expiration.getTime() <= nowMs) {
    throw new TestS3Error('ExpiredToken', 'The provided token has expired.')
  }
}
