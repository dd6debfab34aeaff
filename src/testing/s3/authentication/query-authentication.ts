import { formatIsoDate } from '../../../s3/date-text.js'
import { maxPresignSeconds } from '../../../s3/limits.js'
import { parseAmzDate } from '../../../sigv4/signing-time.js'
import { headerOf, type ParsedRequest } from '../http/parsed-request.js'
import { TestS3Error, type TestS3ErrorDetails } from '../model/test-s3-error.js'
import type { Authentication, AuthenticationFacts } from './authentication.js'
import { credentialsFor, requireSessionToken } from './claimed-credentials.js'
import { requireSignedHeaders, verifySignature } from './verify-signature.js'

const maxSkewMs = 15 * 60 * 1000

/**
 * Verifies a presigned URL.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-query-string-auth.html
 */
export function authenticateQuery(
  facts: AuthenticationFacts,
  request: ParsedRequest,
): Authentication {
  const signature = required(request, 'X-Amz-Signature')
  const signedHeaders = required(request, 'X-Amz-SignedHeaders').split(';')
  const credential = required(request, 'X-Amz-Credential')
  requireAlgorithm(required(request, 'X-Amz-Algorithm'))
  const timeMs = signingTime(required(request, 'X-Amz-Date'))
  const credentials = credentialsFor(facts, credential, { timeMs, malformed })
  requireLife(timeMs, lifeInSeconds(required(request, 'X-Amz-Expires')), facts.now())
  requireSessionToken(credentials, headerOf(request, 'x-amz-security-token'), facts.now())
  const alsoRequired = facts.quirks.requireSignedContentType ? ['host', 'content-type'] : ['host']
  requireSignedHeaders(request, signedHeaders, alsoRequired)
  return verifySignature(facts, request, {
    credentials,
    timeMs,
    signedHeaders,
    signature,
    payloadHash: headerOf(request, 'x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
  })
}

function required({ query }: ParsedRequest, name: string): string {
  const value = query.get(name)
  if (value !== undefined) return value
  throw malformed(
    'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  )
}

function requireAlgorithm(algorithm: string): void {
  if (algorithm === 'AWS4-HMAC-SHA256') return
  throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"')
}

function signingTime(time: string): number {
  const date = parseAmzDate(time)
  if (date) return date.getTime()
  throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
}

function lifeInSeconds(expires: string): number {
  if (!/^-?\d+$/.test(expires)) throw malformed('X-Amz-Expires should be a number')
  const seconds = Number(expires)
  if (seconds < 1) throw malformed('X-Amz-Expires must be non-negative')
  if (seconds <= maxPresignSeconds) return seconds
  throw malformed(
    `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${maxPresignSeconds} seconds`,
  )
}

function requireLife(timeMs: number, seconds: number, nowMs: number): void {
  if (timeMs - nowMs > maxSkewMs) {
    throw new TestS3Error('AccessDenied', 'Request is not valid yet', {
      ServerTime: formatIsoDate(nowMs),
    })
  }
  const expiresMs = timeMs + seconds * 1000
  if (nowMs < expiresMs) return
  throw new TestS3Error('AccessDenied', 'Request has expired', {
    'X-Amz-Expires': seconds,
    Expires: formatIsoDate(expiresMs),
    ServerTime: formatIsoDate(nowMs),
  })
}

function malformed(message: string, details?: TestS3ErrorDetails): TestS3Error {
  return new TestS3Error('AuthorizationQueryParametersError', message, details)
}
