import { describe, expect, it } from 'vitest'
import {
  classifyRefusal,
  demandsChecksum,
  meaningsOfCodes,
  meaningsOfStatuses,
  type RefusalMeaning,
} from '../../src/s3/error-codes.js'

/** A meaning in one line: what happened, what helps, and whether it passes or calls for fewer requests. */
function lineOf({ cause, remedy, transient, congestion }: RefusalMeaning): string {
  const flags = [...(transient ? ['transient'] : []), ...(congestion ? ['congestion'] : [])]
  return [cause, remedy, ...flags].join(' ')
}

const codes: Readonly<Record<string, string>> = {
  AccessDenied: 'storage-denied none',
  AuthorizationHeaderMalformed: 'signature-wrong none',
  AuthorizationQueryParametersError: 'signature-wrong none',
  BadDigest: 'checksum-mismatch sign-again',
  ClientDisconnect: 'upload-cut-off retry transient',
  ConditionalRequestConflict: 'storage-busy retry',
  EntityTooLarge: 'file-too-large none',
  EntityTooSmall: 'file-too-small none',
  ExpiredRequest: 'signature-expired sign-again transient',
  ExpiredToken: 'signature-expired sign-again transient',
  IllegalLocationConstraintException: 'bucket-missing none',
  IncompleteBody: 'upload-cut-off retry transient',
  InternalError: 'storage-busy retry transient',
  InvalidAccessKeyId: 'storage-key-unknown none',
  InvalidBucketName: 'bucket-missing none',
  InvalidPart: 'storage-rejected list-again',
  InvalidPartOrder: 'storage-rejected list-again',
  InvalidRegion: 'signature-wrong none',
  InvalidSignature: 'signature-wrong none',
  InvalidToken: 'storage-key-unknown sign-again',
  InvalidTokenId: 'storage-key-unknown sign-again',
  MethodNotAllowed: 'method-not-offered none',
  NoSuchBucket: 'bucket-missing none',
  NoSuchKey: 'upload-gone list-again',
  NoSuchUpload: 'upload-gone list-again',
  NotImplemented: 'method-not-offered none',
  OperationAborted: 'storage-busy retry transient',
  PermanentRedirect: 'bucket-missing none',
  QuotaExceeded: 'storage-rejected none',
  RequestExpired: 'signature-expired sign-again transient',
  RequestTimeout: 'storage-slow retry transient congestion',
  RequestTimeTooSkewed: 'storage-clock sign-again transient',
  ServiceUnavailable: 'storage-busy retry transient congestion',
  SignatureDoesNotMatch: 'signature-wrong none',
  SlowDown: 'storage-busy retry transient congestion',
  TemporaryRedirect: 'bucket-missing none',
  Throttling: 'storage-busy retry transient congestion',
  ThrottlingException: 'storage-busy retry transient congestion',
  TokenRefreshRequired: 'signature-expired sign-again transient',
  Unauthorized: 'storage-key-unknown none',
  XAmzContentSHA256Mismatch: 'checksum-mismatch sign-again',
}

const statuses: Readonly<Record<number, string>> = {
  401: 'storage-denied none',
  403: 'storage-denied none',
  405: 'method-not-offered none',
  408: 'storage-slow retry transient congestion',
  413: 'file-too-large none',
  429: 'storage-busy retry transient congestion',
  499: 'upload-cut-off retry transient',
  501: 'method-not-offered none',
  503: 'storage-busy retry transient congestion',
  507: 'storage-rejected none',
}

/** Statuses without a row: what is the server's fault may pass, the rest does not. */
const otherStatuses: readonly (readonly [number, string])[] = [
  ...[200, 301, 400, 404, 409, 411, 412, 415, 416, 418, 422].map(
    (status) => [status, 'storage-rejected none'] as const,
  ),
  ...[500, 502, 504, 520, 524, 530].map(
    (status) => [status, 'storage-busy retry transient'] as const,
  ),
]

/** Codes without a row: their status says the same. */
const otherCodes: readonly (readonly [number, string, string])[] = [
  [400, 'InvalidDigest', 'storage-rejected none'],
  [400, 'InvalidPolicyDocument', 'storage-rejected none'],
  [400, 'KeyTooLongError', 'storage-rejected none'],
  [400, 'MalformedXML', 'storage-rejected none'],
  [400, 'MetadataTooLarge', 'storage-rejected none'],
  [400, 'XMinioAdminBucketQuotaExceeded', 'storage-rejected none'],
  [403, 'AllAccessDisabled', 'storage-denied none'],
  [403, 'NotEntitled', 'storage-denied none'],
  [403, 'UserSuspended', 'storage-denied none'],
  [411, 'MissingContentLength', 'storage-rejected none'],
  [412, 'PreconditionFailed', 'storage-rejected none'],
  [429, 'TooManyRequests', 'storage-busy retry transient congestion'],
  [499, 'ClientDisconnected', 'upload-cut-off retry transient'],
  [503, 'SlowDownWrite', 'storage-busy retry transient congestion'],
  [503, 'XMinioWriteQuorum', 'storage-busy retry transient congestion'],
  [507, 'XMinioStorageFull', 'storage-rejected none'],
]

const classify = (status: number, code?: string, message = '') =>
  lineOf(classifyRefusal({ status, error: code === undefined ? undefined : { code, message } }))

describe('the table of S3’s error codes', () => {
  it('has the rows of this test, and no others', () => {
    expect(Object.keys(meaningsOfCodes).sort()).toEqual(Object.keys(codes).sort())
    expect(Object.keys(meaningsOfStatuses)).toEqual(Object.keys(statuses))
  })

  it.each(Object.entries(codes))('%s means: %s, whatever the status', (code, meaning) => {
    expect(classify(400, code)).toBe(meaning)
    expect(classify(200, code)).toBe(meaning)
    expect(classify(503, code)).toBe(meaning)
  })

  it.each([
    ...Object.entries(statuses).map(([status, meaning]) => [Number(status), meaning] as const),
    ...otherStatuses,
  ])('status %i without a code means: %s', (status, meaning) => {
    expect(classify(status)).toBe(meaning)
    expect(classify(status, 'SomethingNew')).toBe(meaning)
  })

  it.each(otherCodes)('%i %s means, by its status: %s', (status, code, meaning) => {
    expect(classify(status, code)).toBe(meaning)
  })

  it.each([
    'Request has expired',
    'Invalid according to Policy: Policy expired.',
    'The request signature has Expired.',
  ])('AccessDenied means an expired signature where S3 says: %s', (message) => {
    expect(classify(403, 'AccessDenied', message)).toBe('signature-expired sign-again transient')
  })

  it('knows no code in other letters, and none that every object has', () => {
    expect(classify(503, 'slowdown')).toBe('storage-busy retry transient congestion')
    expect(classify(400, 'slowdown')).toBe('storage-rejected none')
    expect(classify(400, 'constructor')).toBe('storage-rejected none')
    expect(classify(400, '__proto__')).toBe('storage-rejected none')
  })
})

describe('a bucket demands a checksum', () => {
  const said =
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters'

  it.each([
    [true, { code: 'InvalidRequest', message: said }],
    [false, { code: 'InvalidRequest', message: 'Missing required header' }],
    [false, { code: 'BadDigest', message: said }],
    [false, undefined],
  ])('%s: %o', (demands, error) => {
    expect(demandsChecksum(error)).toBe(demands)
  })
})
