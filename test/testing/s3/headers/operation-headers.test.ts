import * as sdk from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { type SignedRequest, signedS3 } from '../signed-s3.js'

/** A request for each operation, and the headers of S3's that it does something about. */
const operations: Readonly<Record<string, readonly [SignedRequest, readonly string[]]>> = {
  ListBuckets: [{ method: 'GET', bucket: '' }, []],
  CreateBucket: [
    { method: 'PUT', bucket: 'other' },
    ['x-amz-acl', 'x-amz-bucket-object-lock-enabled', 'x-amz-object-ownership'],
  ],
  HeadBucket: [{ method: 'HEAD' }, []],
  GetBucketLocation: [{ method: 'GET', query: 'location' }, []],
  GetBucketCors: [{ method: 'GET', query: 'cors' }, []],
  PutBucketCors: [{ method: 'PUT', query: 'cors' }, ['x-amz-sdk-checksum-algorithm']],
  DeleteBucketCors: [{ method: 'DELETE', query: 'cors' }, []],
  GetBucketLifecycleConfiguration: [{ method: 'GET', query: 'lifecycle' }, []],
  PutBucketLifecycleConfiguration: [
    { method: 'PUT', query: 'lifecycle' },
    ['x-amz-sdk-checksum-algorithm'],
  ],
  DeleteBucketLifecycle: [{ method: 'DELETE', query: 'lifecycle' }, []],
  ListMultipartUploads: [{ method: 'GET', query: 'uploads' }, []],
  ListObjects: [{ method: 'GET' }, []],
  ListObjectsV2: [{ method: 'GET', query: 'list-type=2' }, []],
  DeleteObjects: [{ method: 'POST', query: 'delete' }, ['x-amz-sdk-checksum-algorithm']],
  DeleteBucket: [{ method: 'DELETE' }, []],
  GetObject: [{ method: 'GET', key: 'a' }, ['if-*', 'range', 'x-amz-checksum-mode']],
  HeadObject: [{ method: 'HEAD', key: 'a' }, ['if-*', 'range', 'x-amz-checksum-mode']],
  PutObject: [
    { method: 'PUT', key: 'a' },
    [
      'if-*',
      'x-amz-acl',
      'x-amz-checksum-*',
      'x-amz-sdk-checksum-algorithm',
      'x-amz-server-side-encryption',
      'x-amz-server-side-encryption-aws-kms-key-id',
      'x-amz-storage-class',
      'x-amz-tagging',
    ],
  ],
  DeleteObject: [{ method: 'DELETE', key: 'a' }, ['if-match']],
  CopyObject: [
    { method: 'PUT', key: 'a', headers: { 'x-amz-copy-source': 'photos/b' } },
    [
      'if-*',
      'x-amz-acl',
      'x-amz-checksum-algorithm',
      'x-amz-copy-source',
      'x-amz-copy-source-if-*',
      'x-amz-metadata-directive',
      'x-amz-server-side-encryption',
      'x-amz-server-side-encryption-aws-kms-key-id',
      'x-amz-storage-class',
      'x-amz-tagging',
      'x-amz-tagging-directive',
    ],
  ],
  GetObjectTagging: [{ method: 'GET', key: 'a', query: 'tagging' }, []],
  PutObjectTagging: [
    { method: 'PUT', key: 'a', query: 'tagging' },
    ['x-amz-sdk-checksum-algorithm'],
  ],
  DeleteObjectTagging: [{ method: 'DELETE', key: 'a', query: 'tagging' }, []],
  CreateMultipartUpload: [
    { method: 'POST', key: 'a', query: 'uploads' },
    [
      'x-amz-acl',
      'x-amz-checksum-*',
      'x-amz-server-side-encryption',
      'x-amz-server-side-encryption-aws-kms-key-id',
      'x-amz-storage-class',
      'x-amz-tagging',
    ],
  ],
  UploadPart: [
    { method: 'PUT', key: 'a', query: 'partNumber=1&uploadId=u' },
    ['x-amz-checksum-*', 'x-amz-sdk-checksum-algorithm'],
  ],
  UploadPartCopy: [
    {
      method: 'PUT',
      key: 'a',
      query: 'partNumber=1&uploadId=u',
      headers: { 'x-amz-copy-source': 'photos/b' },
    },
    ['x-amz-copy-source', 'x-amz-copy-source-if-*', 'x-amz-copy-source-range'],
  ],
  ListParts: [{ method: 'GET', key: 'a', query: 'uploadId=u' }, []],
  CompleteMultipartUpload: [
    { method: 'POST', key: 'a', query: 'uploadId=u' },
    ['if-*', 'x-amz-checksum-*', 'x-amz-mp-object-size'],
  ],
  AbortMultipartUpload: [{ method: 'DELETE', key: 'a', query: 'uploadId=u' }, []],
}

/** HTTP's own, and the one header that changes nothing in a bucket that costs its readers nothing. */
const everywhere = /^(?:content-|cache-control|expires|x-amz-request-payer$)/
const unavailable = /^x-amz-checksum-xxhash/

describe("the headers of S3's own model", () => {
  for (const [operation, [request, heeded]] of Object.entries(operations)) {
    const passedOver = headersOf(operation).filter((header) => {
      if (unavailable.test(header)) return true
      return !everywhere.test(header) && !heeded.some((name) => isNamed(header, name))
    })
    it(`${operation} refuses those it cannot heed: ${passedOver.length}`, async () => {
      const { send } = signedS3()
      const taken: string[] = []
      for (const header of [...passedOver, 'x-amz-of-tomorrow']) {
        const { status } = await send({
          ...request,
          headers: { ...request.headers, [header]: 'a' },
        })
        const isRefused = status === 501 || (status === 400 && header.includes('-encryption'))
        if (!isRefused) taken.push(`${header}: ${status}`)
      }

      expect(taken).toEqual([])
    })
  }

  it('are refused in a URL as well', async () => {
    const { send, s3 } = signedS3()
    const query = 'X-Amz-Website-Redirect-Location=%2Fb'

    expect((await send({ method: 'PUT', key: 'a', query, body: 'hello' })).code).toBe(
      'NotImplemented',
    )
    expect(await s3.objects('photos')).toEqual([])
  })
})

/** The headers that the AWS SDK has for an operation, in lower case. */
function headersOf(operation: string): string[] {
  const schema: unknown = Reflect.get(sdk, `${operation}Request$`)
  if (!Array.isArray(schema)) throw new Error(`the AWS SDK has no schema of ${operation}`)
  const members: unknown = schema[5]
  if (!Array.isArray(members)) return []
  return members.flatMap((member: unknown) => {
    const traits: unknown = Array.isArray(member) ? member[1] : undefined
    const header: unknown = Object(traits).httpHeader
    return typeof header === 'string' ? [header.toLowerCase()] : []
  })
}

function isNamed(header: string, name: string): boolean {
  return name.endsWith('*') ? header.startsWith(name.slice(0, -1)) : header === name
}
