import { formatIsoDate, parseDate } from '../../../s3/date-text.js'
import { parseAmzDate } from '../../../sigv4/signing-time.js'
import type { ParsedRequest } from '../http/parsed-request.js'
import { TestS3Error, type TestS3ErrorDetails } from '../model/test-s3-error.js'
import type { Authentication, AuthenticationFacts } from './authentication.js'
import { credentialsFor, requireSessionToken } from './claimed-credentials.js'
import { requireSignedHeaders, verifySignature } from './verify-signature.js'

const maxSkewMs = 15 * 60 * 1000

/**
 * Verifies an Authorization header.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sig-v4-header-based-auth.html
 */
export function authenticateHeader(
  facts: AuthenticationFacts,
  request: ParsedRequest,
): Authentication {
  const { credential, signedHeaders, signature } = readAuthorization(request)
  const timeMs = signingTime(request)
  const credentials = credentialsFor(facts, credential, { timeMs, malformed })
  requireSessionToken(credentials, request.headers.get('x-amz-security-token'), facts.now())
  requireFreshness(timeMs, facts.now())
  const payloadHash = payloadHashOf(request)
  requireSignedHeaders(request, signedHeaders, ['host'])
  return verifySignature(facts, request, {
    credentials,
    timeMs,
    signedHeaders,
    signature,
    payloadHash,
  })
}

function readAuthorization(request: ParsedRequest) {
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

function signingTime({ headers }: ParsedRequest): number {
  const time = headers.get('x-amz-date')
  const timeMs =
    time === undefined ? parseDate(headers.get('date') ?? '') : parseAmzDate(time)?.getTime()
  if (timeMs !== undefined) return timeMs
  throw new TestS3Error(
    'AccessDenied',
    'AWS authentication requires a valid Date or x-amz-date header',
  )
}

function requireFreshness(timeMs: number, nowMs: number): void {
  if (Math.abs(nowMs - timeMs) <= maxSkewMs) return
  throw new TestS3Error(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    {
      RequestTime: formatIsoDate(timeMs),
      ServerTime: formatIsoDate(nowMs),
      MaxAllowedSkewMilliseconds: maxSkewMs,
    },
  )
}

function payloadHashOf({ headers }: ParsedRequest): string {
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
