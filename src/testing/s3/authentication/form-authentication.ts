import { maxPresignSeconds } from '../../../s3/limits.js'
import { signPolicyText } from '../../../sigv4/post-policy.js'
import { importedSigningKey } from '../../../sigv4/signing-key.js'
import { parseAmzDate } from '../../../sigv4/signing-time.js'
import { requireVersion4Form } from '../http/signature-version.js'
import { TestS3Error, type TestS3ErrorDetails } from '../model/test-s3-error.js'
import type { TestS3Setup } from '../operations/operation-call.js'
import { credentialsFor, requireSessionToken } from './claimed-credentials.js'
import { requireSameSignature } from './verify-signature.js'

type Fields = ReadonlyMap<string, string>

/**
 * Verifies the signature of a form's policy, and returns the policy in base64.
 *
 * @throws TestS3Error with the code that S3 gives for what is wrong.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-authentication-HTTPPOST.html
 */
export function authenticateForm(setup: TestS3Setup, fields: Fields): string {
  const policy = fields.get('policy')
  if (policy === undefined) throw new TestS3Error('AccessDenied', 'Access Denied')
  requireVersion4Form(fields)
  if (required(fields, 'x-amz-algorithm') !== 'AWS4-HMAC-SHA256') {
    throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"')
  }
  const credential = required(fields, 'x-amz-credential')
  const date = signingDate(required(fields, 'x-amz-date'))
  const signature = required(fields, 'x-amz-signature')
  const credentials = credentialsFor(setup, credential, { date, malformed })
  requireSessionToken(credentials, fields.get('x-amz-security-token'), setup.now())
  const { secretAccessKey, accessKeyId } = credentials
  const key = importedSigningKey({ secretAccessKey, date, region: setup.region })
  requireSameSignature(signPolicyText(policy, key), signature, {
    AWSAccessKeyId: accessKeyId,
    StringToSign: policy,
  })
  requireYoungKey(date, setup.now())
  return policy
}

function required(fields: Fields, name: string): string {
  const value = fields.get(name)
  if (value !== undefined) return value
  throw missingField(name)
}

/** The refusal of a form that lacks a field, or has it behind the file. */
export function missingField(name: string): TestS3Error {
  return new TestS3Error(
    'InvalidArgument',
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    { ArgumentName: name },
  )
}

function signingDate(time: string): Date {
  const date = parseAmzDate(time)
  if (date) return date
  throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
}

/** A signing key lasts seven days, whatever the policy says. */
function requireYoungKey(date: Date, now: Date): void {
  if (now.getTime() - date.getTime() <= maxPresignSeconds * 1000) return
  throw new TestS3Error('AccessDenied', 'Request has expired', { ServerTime: now.toISOString() })
}

function malformed(message: string, details?: TestS3ErrorDetails): TestS3Error {
  return new TestS3Error('InvalidArgument', message, details)
}
