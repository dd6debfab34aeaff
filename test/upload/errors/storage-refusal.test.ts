import { expect, it } from 'vitest'
import { toStorageError } from '../../../src/upload/errors/storage-refusal.js'
import { s3Refusal } from '../../support/scripted-endpoint.js'

it.each([
  [400, 'EntityTooLarge', { retryable: false }],
  [400, 'RequestTimeout', { retryable: true, needsNewSignature: false }],
  [400, 'ExpiredToken', { retryable: true, needsNewSignature: true }],
  [403, 'RequestTimeTooSkewed', { retryable: true, needsNewSignature: true }],
  [403, 'SignatureDoesNotMatch', { retryable: false }],
  [403, 'InvalidAccessKeyId', { retryable: false }],
  [404, 'NoSuchBucket', { retryable: false }],
  [503, 'SlowDown', { code: 'storage-busy', retryable: true, needsNewSignature: false }],
  [500, 'InternalError', { code: 'storage-refused-upload', retryable: true }],
])('knows what %i %s asks for', (status, code, expected) => {
  expect(toStorageError(s3Refusal(status, code))).toMatchObject({
    storageCode: code,
    status,
    ...expected,
  })
})

it('tells an expired policy from a violated one, both AccessDenied', () => {
  const expired = toStorageError(s3Refusal(403, 'AccessDenied', 'Request has expired'))
  const violated = toStorageError(
    s3Refusal(403, 'AccessDenied', 'Policy Condition failed: ["eq", "$key", "a"]'),
  )

  expect(expired.needsNewSignature).toBe(true)
  expect(violated.retryable).toBe(false)
  expect(violated.message).toContain('Policy Condition failed')
})

it('says what a bucket with Object Lock demands', () => {
  const message =
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters'
  const refused = toStorageError(s3Refusal(400, 'InvalidRequest', message))

  expect(refused.retryable).toBe(false)
  expect(refused.message).toContain('set "checksum" on the uploader')
})

it('judges by the status when the answer is not from S3', () => {
  expect(toStorageError({ status: 502, body: '<html>Bad gateway</html>' }).retryable).toBe(true)
  expect(toStorageError({ status: 418, body: '' })).toMatchObject({
    retryable: false,
    storageCode: undefined,
    message: 'The storage refused the upload. (status 418)',
  })
})
