import { describe, expect, it } from 'vitest'
import { meaningsOfCodes, type StorageCause } from '../../../src/s3/error-codes.js'
import { isDamaged, isOutOfStep } from '../../../src/upload/errors/error-kinds.js'
import { toStorageError } from '../../../src/upload/errors/storage-refusal.js'
import { s3Refusal } from '../../support/scripted-endpoint.js'

/** One code for each cause, and what a developer can do about it. */
const waysOut: Readonly<Record<StorageCause, readonly [string, RegExp]>> = {
  'file-too-large': ['EntityTooLarge', /Lower multipartThreshold or partSize/],
  'file-too-small': ['EntityTooSmall', /Raise partSize/],
  'storage-denied': ['AccessDenied', /Grant them s3:PutObject/],
  'signature-expired': ['ExpiredToken', /Raise signatureLifetimeSeconds/],
  'signature-wrong': ['SignatureDoesNotMatch', /secret key and the region/],
  'storage-key-unknown': ['InvalidAccessKeyId', /AWS_… variables/],
  'bucket-missing': ['NoSuchBucket', /bucket, region and endpoint/],
  'checksum-mismatch': ['BadDigest', /proxy or an extension/],
  'upload-gone': ['NoSuchUpload', /lifecycle rule/],
  'upload-cut-off': ['IncompleteBody', /Try again/],
  'storage-busy': ['SlowDown', /Try again later/],
  'storage-slow': ['RequestTimeout', /better line/],
  'storage-clock': ['RequestTimeTooSkewed', /by NTP/],
  'method-not-offered': ['NotImplemented', /provider of createSigningHandler/],
  'storage-rejected': ['MalformedXML', /s3-direct-upload doctor/],
}

describe('the message for developers', () => {
  it.each(Object.entries(waysOut))('of %s has the way out, then the facts', (cause, way) => {
    const [code, wayOut] = way
    const error = toStorageError(s3Refusal(400, code))

    expect(error.code).toBe(cause)
    expect(error.message).toMatch(wayOut)
    expect(error.message).toMatch(new RegExp(`^The .*\\. \\(${code}, status 400\\)$`))
  })

  it('has S3’s own sentence where it sent one', () => {
    const condition = 'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "a"]'

    expect(toStorageError(s3Refusal(403, 'AccessDenied', condition)).message).toMatch(
      /^The storage denied the upload: .* S3 says: Invalid .*"a"] \(AccessDenied, status 403\)$/,
    )
  })

  it('says what a bucket with Object Lock demands', () => {
    const message =
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters'
    const refused = toStorageError(s3Refusal(400, 'InvalidRequest', message))

    expect(refused).toMatchObject({ code: 'storage-rejected', retryable: false })
    expect(refused.message).toContain('set "checksum" on the uploader')
  })
})

describe('a refusal of the storage', () => {
  it.each(Object.entries(meaningsOfCodes))('%s has the facts of the table', (code, meaning) => {
    const { cause, remedy, congestion } = meaning

    expect(toStorageError(s3Refusal(400, code))).toMatchObject({
      code: cause,
      storageCode: code,
      status: 400,
      retryable: remedy === 'retry' || remedy === 'sign-again',
      needsNewSignature: remedy === 'sign-again',
      isCongestion: congestion,
    })
  })

  it('is told from an expired policy where it violates one, both AccessDenied', () => {
    const expired = toStorageError(s3Refusal(403, 'AccessDenied', 'Request has expired'))
    const violated = toStorageError(s3Refusal(403, 'AccessDenied', 'Policy Condition failed: a'))

    expect(expired).toMatchObject({ code: 'signature-expired', needsNewSignature: true })
    expect(violated).toMatchObject({ code: 'storage-denied', retryable: false })
  })

  it.each([
    ['NoSuchUpload', true],
    // Ceph.
    ['NoSuchKey', true],
    ['NoSuchBucket', false],
  ])('%s is out of step with the upload: %s', (code, isOut) => {
    expect(isOutOfStep(toStorageError(s3Refusal(404, code)))).toBe(isOut)
  })

  it.each([
    ['BadDigest', true],
    ['XAmzContentSHA256Mismatch', true],
    ['InvalidDigest', false],
  ])('%s says that the bytes were damaged: %s', (code, isDamage) => {
    expect(isDamaged(toStorageError(s3Refusal(400, code)))).toBe(isDamage)
  })
})

describe('an answer that is not S3’s', () => {
  it.each([
    ['a page', '<html><title>Bad gateway</title></html>'],
    ['nothing', ''],
    ['JSON', '{"code":"EntityTooLarge"}'],
    ['a document without a code', '<Error><Message>No.</Message></Error>'],
    ['a document that breaks off', '<?xml version="1.0"?><Error><Code>EntityTooLarge</Co'],
  ])('is judged by its status: %s', (_what, body) => {
    const busy = { code: 'storage-busy', retryable: true, storageCode: undefined }

    expect(toStorageError({ status: 502, body })).toMatchObject({ ...busy, isCongestion: false })
    expect(toStorageError({ status: 503, body })).toMatchObject({ ...busy, isCongestion: true })
    expect(toStorageError({ status: 413, body })).toMatchObject({
      code: 'file-too-large',
      retryable: false,
    })
    expect(toStorageError({ status: 418, body })).toMatchObject({
      code: 'storage-rejected',
      retryable: false,
      message: expect.stringMatching(/ \(status 418\)$/),
    })
  })

  it('with a code in other letters is judged by its status too', () => {
    expect(toStorageError(s3Refusal(429, 'toomanyrequests'))).toMatchObject({
      code: 'storage-busy',
      storageCode: 'toomanyrequests',
    })
  })
})
