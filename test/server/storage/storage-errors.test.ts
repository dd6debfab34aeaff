import { describe, expect, it } from 'vitest'
import { refused } from '../../../src/s3-client/s3-failure.js'
import { isSigningError } from '../../../src/server/errors/signing-error.js'
import { translateStorageError } from '../../../src/server/storage/storage-errors.js'

function translated(status: number, code?: string, region?: string) {
  const error =
    code === undefined
      ? undefined
      : { code, message: 'No.', requestId: undefined, region: undefined }
  const refusal = translateStorageError(refused('ListParts', { status, error, region }))
  if (!isSigningError(refusal)) throw new Error('not translated')
  return refusal
}

describe('a refusal of S3 reaches the client', () => {
  it.each([
    'ClientDisconnect',
    'ExpiredRequest',
    'ExpiredToken',
    'IncompleteBody',
    'InternalError',
    'OperationAborted',
    'RequestExpired',
    'RequestTimeout',
    'RequestTimeTooSkewed',
    'ServiceUnavailable',
    'SlowDown',
    'Throttling',
    'ThrottlingException',
    'TokenRefreshRequired',
  ])('as storage-error where it passes: %s', (code) => {
    expect(translated(400, code)).toMatchObject({ code: 'storage-error' })
  })

  it.each([
    'AccessDenied',
    'AuthorizationHeaderMalformed',
    'BadDigest',
    'ConditionalRequestConflict',
    'EntityTooSmall',
    'InvalidAccessKeyId',
    'InvalidToken',
    'MalformedXML',
    'MethodNotAllowed',
    'NoSuchBucket',
    'NotImplemented',
    'QuotaExceeded',
    'SignatureDoesNotMatch',
    'Unauthorized',
  ])('as storage-refused where the operator has to act: %s', (code) => {
    expect(translated(400, code)).toMatchObject({ code: 'storage-refused' })
  })

  it.each([
    [400, 'storage-refused'],
    [403, 'storage-refused'],
    [413, 'storage-refused'],
    [501, 'storage-refused'],
    [507, 'storage-refused'],
    [408, 'storage-error'],
    [429, 'storage-error'],
    [499, 'storage-error'],
    [500, 'storage-error'],
    [503, 'storage-error'],
    [522, 'storage-error'],
  ])('by its status %i without a code as %s', (status, ours) => {
    expect(translated(status)).toMatchObject({ code: ours })
  })
})

describe('the log says what helps', () => {
  it.each([
    ['RequestTimeTooSkewed', 'Set the clock of this server by NTP.'],
    ['ExpiredToken', 'provider of credentials that renews them'],
    ['SignatureDoesNotMatch', 'Check the secret key (AWS_SECRET_ACCESS_KEY)'],
    ['InvalidAccessKeyId', 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of one key'],
    ['InvalidToken', 'AWS_SESSION_TOKEN exactly where the key is temporary'],
    ['NoSuchBucket', 'Check bucket, region and endpoint.'],
    ['AccessDenied', 'Grant s3:ListMultipartUploadParts.'],
    ['QuotaExceeded', 'Check region, endpoint, credentials and the policy.'],
  ])('about %s', (code, advice) => {
    const { cause } = translated(400, code)

    expect(cause).toMatchObject({ message: expect.stringContaining(advice) })
    expect(cause).toMatchObject({ message: expect.stringContaining(`S3 answered 400 ${code}.`) })
  })

  it('about another region rather than about keys', () => {
    const { cause } = translated(400, 'AuthorizationHeaderMalformed', 'eu-west-1')

    expect(cause).toMatchObject({ message: expect.stringContaining('region "eu-west-1"') })
  })
})
