import { describe, expect, it } from 'vitest'
import { createTestHandler } from '../handler-setup.js'
import { createPair, mebibyte, partRequest, sha256Of, videoBytes } from '../multipart-setup.js'

const firstPart = videoBytes.subarray(0, mebibyte)

/** Signs the first part with the right checksum, of an upload whose parts all come with one. */
async function signWithChecksum() {
  const pair = createPair()
  const signed = await pair.sign({ checksumAlgorithm: 'SHA256' })
  const checksum = await sha256Of(firstPart)
  const { parts } = await pair.signParts(signed.token, [{ partNumber: 1, checksum }])
  const [part] = parts
  if (part === undefined) throw new Error('no part')
  return { ...pair, signed, part, checksum }
}

describe('sign-parts', () => {
  it('signs parts in the order of the request', async () => {
    const { sign, signParts, send, listParts } = createPair()
    const signed = await sign()

    const answer = await signParts(signed.token, [{ partNumber: 3 }, { partNumber: 1 }])
    await send(signed, answer.parts)

    expect(answer.expiresInSeconds).toBe(1800)
    expect(answer.parts.map(({ partNumber }) => partNumber)).toEqual([3, 1])
    expect((await listParts(signed.token)).parts).toEqual([
      { partNumber: 1, size: mebibyte },
      { partNumber: 3, size: mebibyte / 2 },
    ])
  })

  it('signs anew, so that a part can be sent after its first signature has expired', async () => {
    const { s3, clock, sign, signParts } = createPair()
    const { token, parts = [] } = await sign()
    clock.now = new Date(clock.now.getTime() + 1800_000 + 1000)
    const [expired] = parts

    const [renewed] = (await signParts(token, [{ partNumber: 1 }])).parts

    if (expired === undefined || renewed === undefined) throw new Error('no part')
    expect((await s3.fetch(partRequest(expired, firstPart))).status).toBe(403)
    expect((await s3.fetch(partRequest(renewed, firstPart))).status).toBe(200)
  })

  it('asks S3 nothing', async () => {
    const { asked, sign, signParts } = createPair()
    const { token } = await sign()
    asked.length = 0

    await signParts(token, [{ partNumber: 1 }])

    expect(asked).toEqual([])
  })

  it.each([mebibyte - 1, mebibyte + 1])('lets nobody send %d bytes instead', async (length) => {
    const { s3, sign, signParts } = createPair()
    const { token } = await sign()
    const [part] = (await signParts(token, [{ partNumber: 2 }])).parts
    if (part === undefined) throw new Error('no part')

    const response = await s3.fetch(partRequest(part, new Uint8Array(length)))

    expect(response.status).toBe(403)
  })

  it.each([
    [[{ partNumber: 1 }, { partNumber: 4 }], 'parts.1.partNumber: is 4; the upload has 3 parts.'],
    [[{ partNumber: 10_000 }], 'parts.0.partNumber: is 10000; the upload has 3 parts.'],
    [[{ partNumber: 0 }], /^s3-direct-upload: parts\.0\.partNumber: /],
    [[{ partNumber: 10_001 }], /^s3-direct-upload: parts\.0\.partNumber: /],
    [[{ partNumber: 1.5 }], /^s3-direct-upload: parts\.0\.partNumber: /],
    [[{ partNumber: 1, checksum: 'x' }], /^s3-direct-upload: parts\.0\.checksum: /],
    [[], /^s3-direct-upload: parts: /],
  ])('refuses %j', async (parts, message) => {
    const { sign, refusalOf } = createPair()
    const { token } = await sign()

    expect(await refusalOf('sign-parts', { token, parts })).toMatchObject({
      status: 400,
      code: 'invalid-request',
      message: expect.stringMatching(message),
    })
  })

  it('refuses the token of an upload in one request', async () => {
    const { run, refusalOf } = createPair()
    const { files } = await run('sign-uploads', {
      files: [{ id: crypto.randomUUID(), name: 'a', type: '', size: 1 }],
    })
    const token = files[0] && 'token' in files[0] ? files[0].token : ''

    expect(await refusalOf('sign-parts', { token, parts: [{ partNumber: 1 }] })).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('token: is of an upload in one request, without parts.'),
    })
  })
})

describe('an upload whose parts come with checksums', () => {
  it('is begun with the algorithm, and none of its parts is signed without a checksum', async () => {
    const { s3, signed } = await signWithChecksum()

    expect(signed.checksumAlgorithm).toBe('SHA256')
    expect(signed.parts).toBeUndefined()
    expect(await s3.uploads('uploads')).toHaveLength(1)
  })

  it('takes the bytes that the checksum is of', async () => {
    const { s3, part, checksum } = await signWithChecksum()

    expect(part.headers).toEqual({
      'x-amz-checksum-sha256': checksum,
      'x-amz-sdk-checksum-algorithm': 'SHA256',
    })
    expect(new URL(part.url).searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;host;x-amz-checksum-sha256;x-amz-sdk-checksum-algorithm',
    )
    expect((await s3.fetch(partRequest(part, firstPart))).status).toBe(200)
  })

  it('takes no other bytes, and no other checksum', async () => {
    const { s3, part } = await signWithChecksum()
    const other = new Uint8Array(mebibyte)
    const checksum = await sha256Of(other)

    const wrongBytes = await s3.fetch(partRequest(part, other))
    const wrongChecksum = await s3.fetch(
      partRequest(part, other, { 'x-amz-checksum-sha256': checksum }),
    )

    expect([wrongBytes.status, wrongChecksum.status]).toEqual([400, 403])
  })

  it('needs a checksum for every part', async () => {
    const { signed, refusalOf } = await signWithChecksum()
    const parts = [{ partNumber: 1, checksum: await sha256Of(firstPart) }, { partNumber: 2 }]

    expect(await refusalOf('sign-parts', { token: signed.token, parts })).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining(
        'parts.1.checksum: is missing; the upload was created with one',
      ),
    })
  })

  it('is put together with them', async () => {
    const { send, signed, signParts, complete, s3 } = await signWithChecksum()
    const checksums = await Promise.all(
      [0, 1, 2].map((index) =>
        sha256Of(videoBytes.subarray(index * mebibyte, (index + 1) * mebibyte)),
      ),
    )
    const { parts } = await signParts(
      signed.token,
      checksums.map((checksum, index) => ({ partNumber: index + 1, checksum })),
    )

    await send(signed, parts)

    expect(await complete(signed.token)).toHaveProperty('receipt')
    expect(await s3.objects('uploads')).toMatchObject([
      { size: videoBytes.length, checksum: { algorithm: 'sha256', type: 'COMPOSITE' } },
    ])
  })
})

describe('a storage without checksums', () => {
  it('is sent none, whatever the page offers', async () => {
    const checksum = await sha256Of(firstPart)
    const { sign, signParts, send, complete } = createPair({ options: { checksums: false } })
    const signed = await sign({ checksumAlgorithm: 'SHA256' })
    const { parts } = await signParts(signed.token, [{ partNumber: 1, checksum }])

    await send(signed)

    expect(signed.checksumAlgorithm).toBeUndefined()
    expect(parts).toMatchObject([{ headers: {} }])
    expect(await complete(signed.token)).toHaveProperty('receipt')
  })

  it('is sent none with a file in one request', async () => {
    const server = createTestHandler({ checksums: false, method: 'PUT' })

    const signed = await server.signOne({ checksum: await sha256Of(firstPart) })

    expect(JSON.stringify(signed)).not.toContain('checksum')
  })
})
