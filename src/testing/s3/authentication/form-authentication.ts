import { formatIsoDate, toDate } from '../../../s3/date-text.js'
import { maxPresignSeconds } from '../../../s3/limits.js'
import { signPolicyText } from '../../../sigv4/post-policy.js'
import { importedSigningKey } from '../../../sigv4/signing-key.js'
import { parseAmzDate } from '../../../sigv4/signing-time.js'
import { requireVersion4Form } from '../http/signature-version.js'
import { missingField, TestS3Error, type TestS3ErrorDetails } from '../model/test-s3-error.js'
import type { AuthenticationFacts } from './authentication.js'
import { credentialsFor, requireSessionToken } from './claimed-credentials.js'
import { requireSameSignature } from './verify-signature.js'

type Fields = ReadonlyMap<string, string>

/**
 * Verifies the signature of a form's policy, and returns the policy in base64.
 *
 * @throws TestS3Error with the code that S3 gives for what is wrong.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-authentication-HTTPPOST.html
 */
export function authenticateForm(facts: AuthenticationFacts, fields: Fields): string {
  const policy = fields.get('policy')
  if (policy === undefined) throw new TestS3Error('AccessDenied', 'Access Denied')
  requireVersion4Form(fields)
  if (required(fields, 'x-amz-algorithm') !== 'AWS4-HMAC-SHA256') {
    throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"')
  }
  const credential = required(fields, 'x-amz-credential')
  const timeMs = signingTime(required(fields, 'x-amz-date'))
  const signature = required(fields, 'x-amz-signature')
  const credentials = credentialsFor(facts, credential, { timeMs, malformed })
  requireSessionToken(credentials, fields.get('x-amz-security-token'), facts.now())
  const { secretAccessKey, accessKeyId } = credentials
  const key = importedSigningKey({
    secretAccessKey,
    date: toDate(timeMs),
    region: facts.region,
  })
  requireSameSignature(signPolicyText(policy, key), signature, {
    AWSAccessKeyId: accessKeyId,
    StringToSign: policy,
  })
  requireYoungKey(timeMs, facts.now())
  return policy
}

function required(fields: Fields, name: string): string {
  const value = fields.get(name)
  if (value !== undefined) return value
  throw missingField(name)
}

function signingTime(time: string): number {
  const date = parseAmzDate(time)
  if (date) return date.getTime()
  throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
}

/** A signing key lasts seven days, whatever the policy says. */
function requireYoungKey(timeMs: number, nowMs: number): void {
  if (nowMs - timeMs <= maxPresignSeconds * 1000) return
  throw new TestS3Error('AccessDenied', 'Request has expired', { ServerTime: formatIsoDate(nowMs) })
}

function malformed(message: string, details?: TestS3ErrorDetails): TestS3Error {
  return new TestS3Error('InvalidArgument', message, details)
}
