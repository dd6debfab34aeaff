import { toDate } from '../../../s3/date-text.js'
import { canonicalRequest, stringToSign } from '../../../sigv4/canonical-request.js'
import type { Credentials } from '../../../sigv4/credentials.js'
import { hmacSha256, timingSafeEqual, toHex } from '../../../sigv4/crypto.js'
import { credentialScope, importedSigningKey } from '../../../sigv4/signing-key.js'
import { amzDate } from '../../../sigv4/signing-time.js'
import type { ParsedRequest } from '../http/parsed-request.js'
import { TestS3Error, type TestS3ErrorDetails } from '../model/test-s3-error.js'
import type { Authentication, AuthenticationFacts } from './authentication.js'

const payloadForms =
  /^(?:[0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-UNSIGNED-PAYLOAD-TRAILER|STREAMING-AWS4-HMAC-SHA256-PAYLOAD(?:-TRAILER)?)$/

/** What a signed request says about its own signature. */
interface SignatureClaim {
  readonly credentials: Credentials
  /** When it was signed, in milliseconds since 1970. */
  readonly timeMs: number
  readonly signedHeaders: readonly string[]
  readonly signature: string
  readonly payloadHash: string
}

/**
 * Computes the signature of a request anew and compares.
 *
 * @throws TestS3Error `SignatureDoesNotMatch`, with the texts that were signed here; `InvalidArgument` when
 * the body's hash cannot be one.
 */
export function verifySignature(
  { region }: Pick<AuthenticationFacts, 'region'>,
  request: ParsedRequest,
  { credentials, timeMs, signedHeaders, signature, payloadHash }: SignatureClaim,
): Authentication {
  requirePayloadForm(payloadHash)
  const date = toDate(timeMs)
  const scope = credentialScope(date, region)
  const canonical = canonicalRequest({
    method: request.method,
    url: { pathname: request.rawPath, search: request.rawQuery },
    headers: request.headers,
    signedHeaders,
    payloadHash,
    excludeQuery: ['X-Amz-Signature'],
  })
  const text = stringToSign({ date, scope, canonicalRequest: canonical })
  const signingKey = importedSigningKey({
    secretAccessKey: credentials.secretAccessKey,
    date,
    region,
  })
  requireSameSignature(toHex(hmacSha256(signingKey, text)), signature, {
    AWSAccessKeyId: credentials.accessKeyId,
    StringToSign: text,
    CanonicalRequest: canonical,
  })
  return {
    accessKeyId: credentials.accessKeyId,
    payloadHash,
    seed: { signature, time: amzDate(date), scope, signingKey },
  }
}

/**
 * Compares a signature with the one computed here.
 *
 * @throws TestS3Error `SignatureDoesNotMatch`
 */
export function requireSameSignature(
  expected: string,
  provided: string,
  details: TestS3ErrorDetails,
): void {
  if (timingSafeEqual(expected, provided)) return
  throw new TestS3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    { ...details, SignatureProvided: provided },
  )
}

/**
 * Refuses a request with `x-amz-*` headers that its signature does not cover.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sig-v4-header-based-auth.html
 */
export function requireSignedHeaders(
  request: ParsedRequest,
  signedHeaders: readonly string[],
  alsoRequired: readonly string[],
): void {
  const unsigned = [...request.headers.keys()].filter(
    (name) =>
      (name.startsWith('x-amz-') || alsoRequired.includes(name)) && !signedHeaders.includes(name),
  )
  if (unsigned.length === 0) return
  throw new TestS3Error(
    'AccessDenied',
    'There were headers present in the request which were not signed',
    { HeadersNotSigned: unsigned.join(', ') },
  )
}

function requirePayloadForm(payloadHash: string): void {
  if (payloadForms.test(payloadHash)) return
  throw new TestS3Error(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    { ArgumentName: 'x-amz-content-sha256', ArgumentValue: payloadHash },
  )
}
