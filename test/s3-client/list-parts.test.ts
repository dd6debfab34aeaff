import { describe, expect, it } from 'vitest'
import { listedParts } from './listed-parts.js'
import { clientWith, errorDocument, scriptedBucket, status, xml } from './scripted-bucket.js'

const target = { key: 'files/a b.mp4', s3UploadId: '2~a.B_-c' }

describe('listParts', () => {
  it('reads number, size, ETag and checksums', async () => {
    const { s3, requests } = scriptedBucket([
      xml(`<?xml version="1.0" encoding="UTF-8"?>
        <ListPartsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
          <IsTruncated>false</IsTruncated>
          <Part><PartNumber>2</PartNumber><ETag>&quot;b&quot;</ETag><Size>7</Size></Part>
          <Part>
            <PartNumber>1</PartNumber><ETag>"a"</ETag><Size>9</Size>
            <ChecksumSHA256>abc=</ChecksumSHA256>
          </Part>
        </ListPartsResult>`),
    ])

    const parts = await s3.listParts(target)

    expect([...(parts?.values() ?? [])]).toEqual([
      { partNumber: 2, etag: '"b"', size: 7, checksums: {} },
      { partNumber: 1, etag: '"a"', size: 9, checksums: { ChecksumSHA256: 'abc=' } },
    ])
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://s3.test/uploads/files/a%20b.mp4?uploadId=2%7Ea.B_-c',
    ])
  })

  it.each([
    [1500, 1000, 2],
    [2500, 7, 358],
    [10_000, 1000, 10],
    [1000, 1000, 1],
    [0, 1000, 1],
  ])('reads %d parts in pages of %d', async (partCount, pageSize, pages) => {
    const bucket = listedParts({ partCount, pageSize })
    const s3 = clientWith(bucket)

    const parts = await s3.listParts(target)

    expect(parts?.size).toBe(partCount)
    expect([...(parts?.keys() ?? [])].at(-1)).toBe(partCount || undefined)
    expect(bucket.requests).toHaveLength(pages)
  })

  it('stops where the server ignores the marker', async () => {
    const bucket = listedParts({ partCount: 1500, pageSize: 1000, ignoresMarker: true })

    const parts = await clientWith(bucket).listParts(target)

    expect(parts?.size).toBe(1000)
    expect(bucket.requests).toHaveLength(2)
  })

  it('reads at most 1,000 pages', async () => {
    const bucket = listedParts({ partCount: 10_000, pageSize: 1 })

    await expect(clientWith(bucket).listParts(target)).rejects.toMatchObject({
      code: 'storage-error',
    })
    expect(bucket.requests).toHaveLength(1000)
  })

  it.each(['NoSuchUpload', 'NoSuchKey'])('finds no upload when S3 says %s', async (code) => {
    expect(await scriptedBucket([errorDocument(404, code)]).s3.listParts(target)).toBeUndefined()
  })

  it.each<[string, () => Response]>([
    ['a broken document', () => xml('<ListPartsResult><Part>')],
    ['another document', () => xml('<html/>')],
    [
      'a part without size',
      () =>
        xml(
          '<ListPartsResult><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part></ListPartsResult>',
        ),
    ],
    [
      'a part of a size below 0',
      () =>
        xml(
          '<ListPartsResult><Part><PartNumber>1</PartNumber><Size>-1</Size><ETag>a</ETag></Part></ListPartsResult>',
        ),
    ],
    [
      'a part with the number 0',
      () =>
        xml(
          '<ListPartsResult><Part><PartNumber>0</PartNumber><Size>1</Size><ETag>a</ETag></Part></ListPartsResult>',
        ),
    ],
    ['status 500', () => status(500)],
    ['SlowDown with status 200', () => errorDocument(200, 'SlowDown')],
    ['status 520 of a proxy', () => status(520)],
    ...[
      'ClientDisconnect',
      'IncompleteBody',
      'InternalError',
      'OperationAborted',
      'RequestTimeout',
      'ServiceUnavailable',
      'SlowDown',
      'Throttling',
      'ThrottlingException',
    ].map(
      (code) =>
        [`${code} with status 400`, () => errorDocument(400, code)] as [string, () => Response],
    ),
  ])('tries again after %s', async (_, answer) => {
    const whole = xml('<ListPartsResult></ListPartsResult>')
    const { s3, requests } = scriptedBucket([answer(), answer(), whole])

    expect((await s3.listParts(target))?.size).toBe(0)
    expect(requests).toHaveLength(3)
  })

  it.each([
    [404, 'NoSuchBucket', 'storage-refused'],
    [403, 'AccessDenied', 'storage-refused'],
    [501, 'NotImplemented', 'storage-refused'],
    [400, 'ExpiredToken', 'storage-error'],
    [400, 'InvalidToken', 'storage-refused'],
    [403, 'RequestTimeTooSkewed', 'storage-error'],
    [409, 'ConditionalRequestConflict', 'storage-refused'],
    [507, 'XMinioStorageFull', 'storage-refused'],
  ])('understands %d %s', async (code, name, expected) => {
    const { s3, requests } = scriptedBucket([errorDocument(code, name)])

    await expect(s3.listParts(target)).rejects.toMatchObject({
      code: expected,
      cause: expect.objectContaining({ message: expect.stringContaining(name) }),
    })
    expect(requests).toHaveLength(1)
  })
})
