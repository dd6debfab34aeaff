import { describe, expect, it } from 'vitest'
import { createPair, mebibyte } from '../multipart-setup.js'

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
