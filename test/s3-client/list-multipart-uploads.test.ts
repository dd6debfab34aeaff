import { describe, expect, it } from 'vitest'
import { errorDocument, scriptedBucket, xml } from './scripted-bucket.js'

const upload = (key: string, id: string) =>
  `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>2026-03-04T05:06:07.000Z</Initiated></Upload>`

const page = (uploads: readonly string[], next?: readonly [key: string, id: string]) =>
  xml(
    `<ListMultipartUploadsResult><IsTruncated>${next !== undefined}</IsTruncated>` +
      (next
        ? `<NextKeyMarker>${next[0]}</NextKeyMarker><NextUploadIdMarker>${next[1]}</NextUploadIdMarker>`
        : '') +
      `${uploads.join('')}</ListMultipartUploadsResult>`,
  )

describe('listMultipartUploads', () => {
  it('lists the uploads of the key, and of no longer key', async () => {
    const { s3, requests } = scriptedBucket([
      page([upload('files/a', '1'), upload('files/a', '2'), upload('files/ab', '3')]),
    ])

    expect(await s3.listMultipartUploads('files/a')).toEqual([
      { key: 'files/a', s3UploadId: '1', initiated: '2026-03-04T05:06:07.000Z' },
      { key: 'files/a', s3UploadId: '2', initiated: '2026-03-04T05:06:07.000Z' },
    ])
    expect(requests.map(({ url }) => url)).toEqual([
      'https://s3.test/uploads?uploads=&prefix=files%2Fa',
    ])
  })

  it('reads every page', async () => {
    const { s3, requests } = scriptedBucket([
      page([upload('files/a', '1')], ['files/a', '1']),
      page([upload('files/a', '2')]),
    ])

    const uploads = await s3.listMultipartUploads('files/a')

    expect(uploads.map(({ s3UploadId }) => s3UploadId)).toEqual(['1', '2'])
    expect(new URL(requests[1]?.url ?? '').searchParams.get('upload-id-marker')).toBe('1')
    expect(new URL(requests[1]?.url ?? '').searchParams.get('key-marker')).toBe('files/a')
  })

  it('stops where the server ignores the marker', async () => {
    const first = () => page([upload('files/a', '1')], ['files/a', '1'])
    const { s3, requests } = scriptedBucket([first(), first()])

    expect(await s3.listMultipartUploads('files/a')).toHaveLength(2)
    expect(requests).toHaveLength(2)
  })

  it.each([
    ['no XML', '<!doctype html><title>Sign in</title>'],
    ['no XML', ''],
    ['<rss>', '<rss/>'],
  ])('says that %s is no answer of a storage', async (found, body) => {
    const answers = [1, 2, 3].map(() => new Response(body))
    const { s3 } = scriptedBucket(answers)

    await expect(s3.listMultipartUploads('files/a')).rejects.toMatchObject({
      code: 'storage-error',
      cause: {
        message: expect.stringContaining(
          `S3 answered 200 with ${found} where <ListMultipartUploadsResult> was expected. Check`,
        ),
      },
    })
  })

  it('says which permission is missing', async () => {
    const { s3 } = scriptedBucket([errorDocument(403, 'AccessDenied')])

    await expect(s3.listMultipartUploads('a')).rejects.toMatchObject({
      code: 'storage-refused',
      cause: expect.objectContaining({
        message: expect.stringContaining('Grant s3:ListBucketMultipartUploads.'),
      }),
    })
  })
})
