import { describe, expect, it } from 'vitest'
import { errorDocument, scriptedBucket, status, xml } from './scripted-bucket.js'

const object = {
  key: 'files/page.html',
  contentType: 'text/html',
  storage: {
    contentDisposition: 'attachment; filename="page.html"',
    cacheControl: 'no-store',
    amzHeaders: { 'x-amz-meta-album': '7' },
    tags: { state: 'new one' },
  },
  checksumAlgorithm: 'SHA256',
} as const

describe('createMultipartUpload', () => {
  it('says what the object will be, all of it signed', async () => {
    const { s3, requests } = scriptedBucket([
      xml('<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>'),
    ])

    expect(await s3.createMultipartUpload(object)).toBe('u1')
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://s3.test/uploads/files/page.html?uploads=',
    ])
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
      'content-type': 'text/html',
      'content-disposition': 'attachment; filename="page.html"',
      'x-amz-checksum-algorithm': 'SHA256',
      'cache-control': 'no-store',
      'x-amz-meta-album': '7',
      'x-amz-tagging': 'state=new%20one',
      authorization: expect.stringContaining(
        'SignedHeaders=cache-control;content-disposition;content-type;host;x-amz-checksum-algorithm;',
      ),
    })
  })

  it.each<[string, Response | Error, string]>([
    ['a lost answer', new TypeError('fetch failed'), 'storage-error'],
    ['SlowDown', errorDocument(503, 'SlowDown'), 'storage-error'],
    [
      'InternalError in an answer with status 200',
      errorDocument(200, 'InternalError'),
      'storage-error',
    ],
    ['status 500', status(500), 'storage-error'],
    ['an answer without an id', xml('<InitiateMultipartUploadResult/>'), 'storage-error'],
    ['AccessDenied', errorDocument(403, 'AccessDenied'), 'storage-refused'],
    ['NotImplemented', errorDocument(501, 'NotImplemented'), 'storage-refused'],
  ])('is not repeated after %s', async (_, answer, code) => {
    const { s3, requests } = scriptedBucket([answer])

    await expect(s3.createMultipartUpload(object)).rejects.toMatchObject({ code })
    expect(requests).toHaveLength(1)
  })

  it.each([
    [501, 'NotImplemented'],
    [400, 'InvalidArgument'],
  ])('says which options ask for headers that S3 refuses with %i %s', async (code, name) => {
    const { s3 } = scriptedBucket([errorDocument(code, name)])
    const refused: unknown = await s3.createMultipartUpload(object).catch((error) => error.cause)

    expect(String(refused)).toContain('set checksums to false')
    expect(String(refused)).toContain("leave out unclaimed: 'tag' and storage.tags")
  })

  it('says which region is right', async () => {
    const headers = { 'x-amz-bucket-region': 'eu-central-1' }
    const { s3 } = scriptedBucket([new Response(null, { status: 307, headers })])
    const refused: unknown = await s3.createMultipartUpload(object).catch((error) => error.cause)

    expect(String(refused)).toContain('The bucket is in the region "eu-central-1"')
  })
})
