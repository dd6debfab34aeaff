import { parseAmzDate } from '../../../sigv4/signing-time.js'
import type { S3Request } from '../http/incoming-request.js'
import { TestS3Error, type TestS3ErrorDetails } from '../model/test-s3-error.js'
import type { ServiceCall } from '../operations/operation-call.js'
import type { Authentication } from './authentication.js'
import { credentialsFor, requireSessionToken } from './claimed-credentials.js'
import { requireSignedHeaders, verifySignature } from './verify-signature.js'

const maxSkewMilliseconds = 15 * 60 * 1000
/**
 * Verifies an Authorization header.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sig-v4-header-based-auth.html
 */
export function authenticateHeader({ setup, request }: ServiceCall): Authentication {
  const { credential, signedHeaders, signature } = readAuthorization(request)
  const date = signingDate(request)
  const credentials = credentialsFor(setup, credential, { date, malformed })
  requireSessionToken(credentials, request.headers.get('x-amz-security-token'), setup.now())
  requireFreshness(date, setup.now())
  const payloadHash = payloadHashOf(request)
  requireSignedHeaders(request, signedHeaders, ['host'])
  return verifySignature(setup, request, {
    credentials,
    date,
    signedHeaders,
    signature,
    payloadHash,
  })
}

function readAuthorization(request: S3Request) {
  const authorization = request.headers.get('authorization') ?? ''
  const [, parameters] = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(authorization) ?? []
  if (parameters === undefined) {
    throw new TestS3Error('InvalidArgument', 'Unsupported Authorization Type', {
      ArgumentName: 'Authorization',
    })
  }
  const values = new Map<string, string>()
  for (const parameter of parameters.split(',')) {
    const [name = '', value = ''] = parameter.trim().split('=')
    values.set(name, value)
  }
  return {
    credential: required(values, 'Credential'),
    signedHeaders: required(values, 'SignedHeaders').split(';'),
    signature: required(values, 'Signature'),
  }
}

function required(values: ReadonlyMap<string, string>, name: string): string {
  const value = values.get(name)
  if (value) return value
  throw malformed(`The authorization header is malformed; missing ${name}.`)
}

function signingDate({ headers }: S3Request): Date {
  const time = headers.get('x-amz-date')
  const date = time === undefined ? new Date(headers.get('date') ?? Number.NaN) : parseAmzDate(time)
  if (date && !Number.isNaN(date.getTime())) return date
  throw new TestS3Error(
    'AccessDenied',
    'AWS authentication requires a valid Date or x-amz-date header',
  )
}

function requireFreshness(date: Date, now: Date): void {
  if (Math.abs(now.getTime() - date.getTime()) <= maxSkewMilliseconds) return
  throw new TestS3Error(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    {
      RequestTime: date.toISOString(),
      ServerTime: now.toISOString(),
      MaxAllowedSkewMilliseconds: maxSkewMilliseconds,
    },
  )
}

function payloadHashOf({ headers }: S3Request): string {
  const payloadHash = headers.get('x-amz-content-sha256')
  if (payloadHash !== undefined) return payloadHash
  throw new TestS3Error(
    'InvalidRequest',
    'Missing required header for this request: x-amz-content-sha256',
  )
}

function malformed(message: string, details?: TestS3ErrorDetails): TestS3Error {
  return new TestS3Error('AuthorizationHeaderMalformed', message, details)
}
