import { describe, expect, it } from 'vitest'
import { createPair, mebibyte, sha256Of, videoBytes } from '../multipart-setup.js'

describe('list-parts', () => {
  it('lists what has arrived', async () => {
    const { sign, send, listParts } = createPair()
    const signed = await sign()
    await send(signed, signed.parts?.slice(1))

    expect(await listParts(signed.token)).toEqual({
      state: 'open',
      parts: [
        { partNumber: 2, size: mebibyte },
        { partNumber: 3, size: mebibyte / 2 },
      ],
    })
  })

  it('gives the checksum that S3 has compared a part with', async () => {
    const { sign, send, signParts, listParts } = createPair()
    const signed = await sign({ checksumAlgorithm: 'SHA256' })
    const checksum = await sha256Of(videoBytes.subarray(0, mebibyte))
    const { parts } = await signParts(signed.token, [{ partNumber: 1, checksum }])
    await send(signed, parts)

    expect((await listParts(signed.token)).parts).toEqual([
      { partNumber: 1, size: mebibyte, checksum },
    ])
  })

  it('leaves out what is no SHA-256 in base64', async () => {
    const pair = createPair({
      options: {
        fetch: async (request) => {
          const response = await pair.s3.fetch(request)
          if (request.method !== 'GET') return response
          const list = (await response.text()).replaceAll(
            '</ETag>',
            '</ETag><ChecksumSHA256>abc-2</ChecksumSHA256>',
          )
          return new Response(list, response)
        },
      },
    })
    const signed = await pair.sign()
    await pair.send(signed, signed.parts?.slice(0, 1))

    expect((await pair.listParts(signed.token)).parts).toEqual([{ partNumber: 1, size: mebibyte }])
  })

  it('lists nothing before anything has arrived', async () => {
    const { sign, listParts } = createPair()

    expect(await listParts((await sign()).token)).toEqual({ state: 'open', parts: [] })
  })

  it('says that an upload was completed', async () => {
    const { upload, complete, listParts } = createPair()
    const { token } = await upload()
    await complete(token)

    expect(await listParts(token)).toEqual({ state: 'completed', parts: [] })
  })

  it('says that an upload is gone', async () => {
    const { upload, abort, listParts } = createPair()
    const { token } = await upload()
    await abort(token)

    expect(await listParts(token)).toEqual({ state: 'gone', parts: [] })
  })

  it('says so too where S3 may not tell a missing object from a forbidden one', async () => {
    const { s3, upload, abort, listParts } = createPair()
    const { token } = await upload()
    await abort(token)
    s3.fault({
      operation: ['HeadObject', 'GetObject'],
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    expect(await listParts(token)).toEqual({ state: 'gone', parts: [] })
  })

  it.each([
    ['SlowDown', 'storage-error', true],
    ['AccessDenied', 'storage-refused', false],
    ['NoSuchBucket', 'storage-refused', false],
  ] as const)('answers %s with %s', async (code, expected, retryable) => {
    const { s3, sign, refusalOf } = createPair()
    const { token } = await sign()
    s3.fault({ operation: 'ListParts', effect: { kind: 'refuse', code } })

    expect(await refusalOf('list-parts', { token })).toMatchObject({
      status: 502,
      code: expected,
      retryable,
    })
  })
})
