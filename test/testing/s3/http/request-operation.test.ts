import { describe, expect, it } from 'vitest'
import { readRequest } from '../../../../src/testing/s3/http/parsed-request.js'
import { operationOf } from '../../../../src/testing/s3/http/request-operation.js'

const operations = [
  ['GET', '/', 'ListBuckets'],
  ['HEAD', '/bucket', 'HeadBucket'],
  ['PUT', '/bucket', 'CreateBucket'],
  ['PUT', '/bucket/', 'CreateBucket'],
  ['DELETE', '/bucket', 'DeleteBucket'],
  ['GET', '/bucket?cors', 'GetBucketCors'],
  ['PUT', '/bucket?cors=', 'PutBucketCors'],
  ['GET', '/bucket?lifecycle', 'GetBucketLifecycleConfiguration'],
  ['DELETE', '/bucket?lifecycle', 'DeleteBucketLifecycle'],
  ['DELETE', '/bucket?cors', 'DeleteBucketCors'],
  ['GET', '/bucket?location', 'GetBucketLocation'],
  ['GET', '/bucket?uploads', 'ListMultipartUploads'],
  ['GET', '/bucket?list-type=2&prefix=a', 'ListObjectsV2'],
  ['GET', '/bucket?prefix=a', 'ListObjects'],
  ['POST', '/bucket?delete', 'DeleteObjects'],
  ['POST', '/bucket', 'PostObject'],
  ['OPTIONS', '/bucket/key?anything', 'Preflight'],
  ['PUT', '/bucket/key', 'PutObject'],
  ['PUT', '/bucket/key?x-id=PutObject&X-Amz-Signature=a&x-amz-meta-a=b', 'PutObject'],
  ['GET', '/bucket/key?response-content-type=text%2Fplain', 'GetObject'],
  ['HEAD', '/bucket/key', 'HeadObject'],
  ['DELETE', '/bucket/key', 'DeleteObject'],
  ['GET', '/bucket/key?tagging', 'GetObjectTagging'],
  ['PUT', '/bucket/key?tagging', 'PutObjectTagging'],
  ['DELETE', '/bucket/key?tagging', 'DeleteObjectTagging'],
  ['POST', '/bucket/key?uploads', 'CreateMultipartUpload'],
  ['PUT', '/bucket/key?partNumber=1&uploadId=u', 'UploadPart'],
  ['GET', '/bucket/key?uploadId=u&part-number-marker=5', 'ListParts'],
  ['POST', '/bucket/key?uploadId=u', 'CompleteMultipartUpload'],
  ['DELETE', '/bucket/key?uploadId=u', 'AbortMultipartUpload'],
] as const

const refused = [
  ['DELETE', '/bucket?intelligent-tiering', 'NotImplemented'],
  ['DELETE', '/bucket?unheard-of', 'NotImplemented'],
  ['DELETE', '/bucket/key?torrent', 'NotImplemented'],
  ['GET', '/bucket/key?acl', 'NotImplemented'],
  ['PUT', '/bucket/key?uploadId=u', 'NotImplemented'],
  ['PUT', '/bucket/key?response-content-type=a', 'NotImplemented'],
  ['POST', '/', 'MethodNotAllowed'],
  ['POST', '/bucket/key', 'MethodNotAllowed'],
  ['PATCH', '/bucket/key', 'MethodNotAllowed'],
] as const

describe('operationOf', () => {
  for (const [method, target, operation] of operations) {
    it(`takes ${method} ${target} for ${operation}`, async () => {
      expect(await operationFor(method, target)).toBe(operation)
    })
  }

  for (const [target, operation] of [
    ['/bucket/key', 'CopyObject'],
    ['/bucket/key?partNumber=1&uploadId=u', 'UploadPartCopy'],
  ] as const) {
    it(`takes PUT ${target} with a copy source for ${operation}`, async () => {
      const headers = { 'x-amz-copy-source': '/bucket/other' }

      expect(await operationFor('PUT', target, headers)).toBe(operation)
    })
  }

  for (const [method, target, code] of refused) {
    it(`refuses ${method} ${target} with ${code}`, async () => {
      await expect(operationFor(method, target)).rejects.toMatchObject({ code })
    })
  }
})

describe('readRequest', () => {
  for (const [url, bucket, key] of [
    ['http://127.0.0.1:9000/photos/a/b.jpg', 'photos', 'a/b.jpg'],
    ['http://photos.localhost:9000/a/b.jpg', 'photos', 'a/b.jpg'],
    ['http://localhost:9000/photos/a%2Fb+c.jpg', 'photos', 'a/b+c.jpg'],
    ['https://my.photos.s3.eu-west-1.amazonaws.com/a', 'my.photos', 'a'],
    ['https://s3.eu-west-1.amazonaws.com/photos/a', 'photos', 'a'],
    ['https://s3.test/photos//a/', 'photos', '/a/'],
    ['https://photos.localhost/', 'photos', undefined],
    ['https://s3.test/', undefined, undefined],
  ] as const) {
    it(`finds bucket ${bucket} and key ${key} in ${url}`, async () => {
      const request = await readRequest(new Request(url), {})

      expect([request.bucket, request.key]).toEqual([bucket, key])
    })
  }

  it('takes the path as it was sent, where that is known', async () => {
    const request = new Request('http://127.0.0.1/photos/b')
    const context = { requestTarget: '/photos/a/../b?x=1?y' }

    expect(await readRequest(request, context)).toMatchObject({
      key: 'a/../b',
      rawQuery: 'x=1?y',
    })
  })
})

async function operationFor(method: string, target: string, headers = {}) {
  const request = new Request(`http://127.0.0.1${target}`, { method, headers })
  return operationOf(await readRequest(request, {}))
}
