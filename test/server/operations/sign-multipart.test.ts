import { describe, expect, it } from 'vitest'
import { createTestHandler, file } from '../handler-setup.js'
import { codeOf, createPair, mebibyte, meetingOf, partRequest, video } from '../multipart-setup.js'

const gibibyte = 2 ** 30

/** Answers Create and says 404 to everything else. */
const beginningBucket = async (request: Request) =>
  request.method === 'POST'
    ? new Response(
        '<InitiateMultipartUploadResult><UploadId>2~a.B_-c</UploadId></InitiateMultipartUploadResult>',
      )
    : new Response(null, { status: 404 })

async function methodOf(
  size: number,
  changes: Parameters<typeof createTestHandler>[0] = {},
): Promise<string | undefined> {
  const server = createTestHandler({ fetch: beginningBucket, ...changes })
  const { files } = await server.run('sign-uploads', { files: [file({ size })] })
  const [signed] = files
  if (signed === undefined) return undefined
  return 'error' in signed ? signed.error.code : signed.method
}

describe('sign-uploads of a large file', () => {
  it('begins an upload and signs its first parts', async () => {
    const { s3, sign } = createPair()

    const signed = await sign()

    expect(signed).toMatchObject({
      method: 'MULTIPART',
      key: expect.stringMatching(/^files\/[0-9a-f]{32}\/clip\.mp4$/),
      url: `https://s3.test/uploads/${signed.key}`,
      partSizeBytes: mebibyte,
      partCount: 3,
      expiresInSeconds: 1800,
    })
    expect(signed.parts?.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3])
    expect(await s3.uploads('uploads')).toMatchObject([{ key: signed.key }])
  })

  it('signs 16 parts at once, and no more', async () => {
    const server = createTestHandler({ fetch: beginningBucket })

    const signed = await server.signOne({ size: gibibyte })

    expect(signed).toMatchObject({ partCount: 64 })
    expect(signed.method === 'MULTIPART' && signed.parts).toHaveLength(16)
  })

  it('binds number and length of a part, and nothing a part does not have', async () => {
    const { s3, sign } = createPair()
    const { parts: [first] = [] } = await sign()
    if (first === undefined) throw new Error('no part')
    const query = new URL(first.url).searchParams
    const tooLong = new Uint8Array(mebibyte + 1)

    expect(query.get('partNumber')).toBe('1')
    expect(query.get('X-Amz-SignedHeaders')).toBe('content-length;host')
    expect(query.get('X-Amz-Expires')).toBe('1800')
    expect(first.headers).toEqual({})
    expect((await s3.fetch(partRequest(first, tooLong))).status).toBe(403)
  })

  it('keeps the tilde of an upload id as it is', async () => {
    const server = createTestHandler({ fetch: beginningBucket })

    const signed = await server.signOne({ size: gibibyte })

    expect(signed.method === 'MULTIPART' && signed.parts?.[0]?.url).toContain('uploadId=2~a.B_-c')
  })

  it('gives the object its type, and has a risky one saved instead of opened', async () => {
    const { s3, upload, complete } = createPair()
    const { token } = await upload({ name: 'page.svg', type: 'image/svg+xml' })

    await complete(token)

    expect(await s3.objects('uploads')).toMatchObject([
      {
        contentType: 'image/svg+xml',
        headers: {
          'content-disposition': expect.stringMatching(/^attachment; filename="page\.svg"/),
        },
      },
    ])
  })

  it('ends the signatures of parts with the credentials', async () => {
    const expiration = new Date('2026-03-04T05:06:37.000Z')
    const pair = createPair()
    const server = createPair({
      options: {
        credentials: async () => ({
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
          expiration,
        }),
        fetch: (request) => pair.s3.fetch(request),
      },
    })

    expect(await server.sign()).toMatchObject({ expiresInSeconds: 30 })
  })

  it.each([
    [32 * mebibyte - 1, {}, 'POST'],
    [32 * mebibyte, {}, 'MULTIPART'],
    [0, { multipartThreshold: '5MiB' }, 'POST'],
    [5 * mebibyte - 1, { multipartThreshold: '5MiB' }, 'POST'],
    [5 * mebibyte, { multipartThreshold: '5MiB' }, 'MULTIPART'],
    [5 * mebibyte, { multipartThreshold: 10_000_000 }, 'POST'],
    [5 * gibibyte, { multipartThreshold: '1TiB' }, 'POST'],
    [5 * gibibyte + 1, { multipartThreshold: '1TiB' }, 'MULTIPART'],
    [5 * gibibyte, { multipartThreshold: false }, 'POST'],
    [5 * gibibyte + 1, { multipartThreshold: false }, 'file-too-large'],
    [6 * gibibyte, { rules: { maxFileSize: '6GB' } }, 'file-too-large'],
    [10_000 * 5 * gibibyte, {}, 'MULTIPART'],
    [10_000 * 5 * gibibyte + 1, {}, 'file-too-large'],
  ] as const)('%d bytes with %j go by %s', async (size, changes, method) => {
    expect(await methodOf(size, changes)).toBe(method)
  })

  it('plans parts of the size that was configured', async () => {
    const server = createTestHandler({ fetch: beginningBucket, partSize: '16MiB' })

    expect(await server.signOne({ size: gibibyte })).toMatchObject({
      partSizeBytes: 16 * mebibyte,
      partCount: 64,
    })
  })

  it('begins nothing for a file that the rules refuse', async () => {
    const { asked, trySign } = createPair({ options: { rules: { maxFileSize: mebibyte } } })

    expect(codeOf(await trySign())).toBe('file-too-large')
    expect(asked).toEqual([])
  })

  it('ignores what the page says of key, prefix, bucket and number of parts', async () => {
    const { run, s3 } = createPair()
    const files = [{ ...video(), key: 'x', prefix: 'y/', bucket: 'z', partCount: 1 }]

    const answer = await run('sign-uploads', { files, key: 'x', bucket: 'z' })

    expect(answer.files).toMatchObject([{ method: 'MULTIPART', partSizeBytes: mebibyte }])
    expect(await s3.uploads('uploads')).toMatchObject([
      { key: expect.stringMatching(/^files\/[0-9a-f]{32}\/clip\.mp4$/) },
    ])
  })

  it.each([1, 2])('asks S3 once, at attempt %d too', async (attempt) => {
    const { s3, sign } = createPair()
    await sign()
    const meet = meetingOf(2)
    const server = createPair({
      options: {
        async fetch(request) {
          await meet()
          return s3.fetch(request)
        },
      },
    })

    expect(await server.sign({}, attempt)).toMatchObject({ method: 'MULTIPART' })
  })

  it('leaves what was begun to the page where S3 does not say whether the object stands there', async () => {
    const { s3, sign, trySign } = createPair()
    s3.fault({ operation: 'HeadObject', times: 3, effect: { kind: 'refuse', code: 'SlowDown' } })

    expect(codeOf(await trySign())).toBe('storage-error')
    const begun = await s3.uploads('uploads')
    const { key } = await sign({}, 2)

    expect(begun).toMatchObject([{ key }])
    expect(await s3.uploads('uploads')).toEqual(begun)
  })

  it('reports a failure for its file alone', async () => {
    const { s3, run } = createPair()
    s3.fault({
      operation: 'CreateMultipartUpload',
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    const { files } = await run('sign-uploads', { files: [video(), file()] })

    expect(files).toMatchObject([{ error: { code: 'storage-refused' } }, { method: 'POST' }])
  })
})

describe('a wish for parts', () => {
  const signed = async (
    wish: Parameters<typeof file>[0],
    {
      attempt = 1,
      ...changes
    }: Parameters<typeof createTestHandler>[0] & { attempt?: number } = {},
  ) => {
    const server = createTestHandler({ fetch: beginningBucket, ...changes })
    const { files } = await server.run('sign-uploads', { files: [file(wish)], attempt })
    const [answer] = files
    if (answer === undefined || 'error' in answer) throw new Error(JSON.stringify(answer))
    return answer
  }
  const inParts = true

  it('is granted from 5 MiB on', async () => {
    const partSizeBytes = 5 * mebibyte

    expect(await signed({ size: 22 * mebibyte, inParts, partSizeBytes })).toMatchObject({
      method: 'MULTIPART',
      partSizeBytes,
      partCount: 5,
    })
    expect((await signed({ size: 5 * mebibyte, inParts })).method).toBe('MULTIPART')
    expect((await signed({ size: 5 * mebibyte - 1, inParts })).method).toBe('POST')
  })

  it('is none when it says false', async () => {
    expect((await signed({ size: 22 * mebibyte, inParts: false })).method).toBe('POST')
  })

  it('is taken for the size alone where the file goes in parts anyway', async () => {
    expect(await signed({ size: 40 * mebibyte, partSizeBytes: 5 * mebibyte })).toMatchObject({
      partSizeBytes: 5 * mebibyte,
      partCount: 8,
    })
    expect((await signed({ size: 22 * mebibyte, partSizeBytes: 5 * mebibyte })).method).toBe('POST')
  })

  it.each([
    ['a byte', 40 * mebibyte, 1, 5 * mebibyte],
    ['more than S3 takes', 40 * mebibyte, 6 * gibibyte, 5 * gibibyte],
    ['more parts than S3 takes', 100 * gibibyte, 5 * mebibyte, 11 * mebibyte],
  ])(
    'for parts of %s is granted as far as S3 allows',
    async (_name, size, partSizeBytes, granted) => {
      expect(await signed({ size, partSizeBytes })).toMatchObject({ partSizeBytes: granted })
    },
  )

  it('is refused below the threshold that the app has set, until a request has broken', async () => {
    const wish = { size: 22 * mebibyte, inParts }
    const multipartThreshold = '30MiB'

    expect((await signed(wish, { multipartThreshold })).method).toBe('POST')
    expect((await signed(wish, { multipartThreshold, attempt: 2 })).method).toBe('MULTIPART')
  })

  it('is always refused where no file goes in parts', async () => {
    const wish = { size: 22 * mebibyte, inParts }

    expect((await signed(wish, { multipartThreshold: false, attempt: 2 })).method).toBe('POST')
  })

  it('is counted as an open upload', async () => {
    const { run, s3 } = createPair({ options: { maxOpenUploads: 1 } })
    await run('sign-uploads', { files: [file({ size: 3 * mebibyte, name: 'a' })] })

    const wish = file({ id: crypto.randomUUID(), size: 5 * mebibyte, inParts })
    const { files } = await run('sign-uploads', { files: [wish] })

    expect(codeOf(files[0])).toBe('quota-exceeded')
    expect(await s3.uploads('uploads')).toHaveLength(1)
  })
})

it('plans an upload anew of which nothing has arrived, in the parts that are asked for', async () => {
  const { run, s3 } = createPair({ s3: { minPartSizeBytes: 5 * mebibyte } })
  const wanted = file({ size: 12 * mebibyte })
  await run('sign-uploads', { files: [wanted] })

  const { files } = await run('sign-uploads', {
    files: [{ ...wanted, partSizeBytes: 5 * mebibyte }],
    attempt: 2,
  })

  expect(files[0]).toMatchObject({ partSizeBytes: 5 * mebibyte, partCount: 3 })
  expect(await s3.uploads('uploads')).toHaveLength(1)
})
