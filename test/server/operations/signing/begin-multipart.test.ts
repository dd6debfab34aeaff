import { describe, expect, it, vi } from 'vitest'
import {
  codeOf,
  createPair,
  mebibyte,
  unlistable,
  video,
  videoBytes,
} from '../../multipart-setup.js'

describe('a repeated sign-uploads', () => {
  it('finds the upload that was begun, and its parts', async () => {
    const { s3, sign, send, listParts } = createPair()
    const first = await sign()
    await send(first, first.parts?.slice(0, 2))

    const again = await sign({}, 2)

    expect(again.key).toBe(first.key)
    expect(await listParts(again.token)).toEqual({
      state: 'open',
      parts: [
        { partNumber: 1, size: mebibyte },
        { partNumber: 2, size: mebibyte },
      ],
    })
    expect(await s3.uploads('uploads')).toHaveLength(1)
  })

  it('takes the newest of several uploads', async () => {
    const { s3, clock, sign, send, complete } = createPair()
    await sign()
    clock.now = new Date(clock.now.getTime() + 60_000)
    const newer = await sign()
    await send(newer)

    const again = await sign({}, 2)

    expect(again.key).toBe(newer.key)
    expect(await complete(again.token)).toHaveProperty('receipt')
    expect(await s3.uploads('uploads')).toEqual([])
  })

  it.each([
    ['id', { id: '5a1c1a3e-7a55-4f7c-8f0e-2b8a35f0a001' }],
    ['size', { size: videoBytes.length - 1 }],
    ['type', { type: 'video/webm' }],
    ['checksum algorithm', { checksumAlgorithm: 'SHA256' }],
  ] as const)('with another %s gets another key', async (_, changes) => {
    const { s3, sign } = createPair()
    const first = await sign()

    const other = await sign(changes, 2)

    expect(other.key).not.toBe(first.key)
    expect(await s3.uploads('uploads')).toHaveLength(2)
  })

  it('of another owner gets another key', async () => {
    const { sign, trySign } = createPair()
    const first = await sign()

    const other = await trySign({}, 2, 'bob')

    expect(other).toMatchObject({ method: 'MULTIPART' })
    expect(other).not.toMatchObject({ key: first.key })
  })

  it('is found again while a second secret is being introduced behind the first', async () => {
    const pair = createPair()
    const first = await pair.sign()
    const secret = [pair.secret, 'another secret of the tests, also long enough']
    const rotated = createPair({ options: { secret, fetch: (request) => pair.s3.fetch(request) } })

    expect((await rotated.sign({}, 2)).key).toBe(first.key)
    expect(await pair.s3.uploads('uploads')).toHaveLength(1)
  })

  describe('after its secret was replaced', () => {
    const newer = 'the newer secret of the tests, also long enough'

    /** A handler that knows the old secret too, and the one that has begun an upload before. */
    async function replaceSecret() {
      const before = createPair()
      const begun = await before.upload()
      const secret = [newer, before.secret]
      const fetch = (request: Request) => before.s3.fetch(request)
      return { before, begun, after: createPair({ options: { secret, fetch } }) }
    }

    it('finds what was begun, and completes it', async () => {
      const { before, begun, after } = await replaceSecret()

      const again = await after.sign({}, 2)

      expect(again.key).toBe(begun.key)
      expect(await after.complete(again.token)).toHaveProperty('receipt')
      expect(await before.s3.uploads('uploads')).toEqual([])
      expect(await before.s3.objects('uploads')).toHaveLength(1)
    })

    it('is refused when the object stands there', async () => {
      const { begun, after } = await replaceSecret()
      await after.complete(begun.token)

      expect(codeOf(await after.trySign({}, 2))).toBe('upload-exists')
    })

    it('goes on with the tokens of the old one: lists, signs, completes', async () => {
      const { begun, after } = await replaceSecret()

      expect(await after.listParts(begun.token)).toMatchObject({ state: 'open' })
      expect((await after.signParts(begun.token, [{ partNumber: 1 }])).parts).toHaveLength(1)
      expect(await after.complete(begun.token)).toHaveProperty('receipt')
    })

    it('goes on with the tokens of the old one: aborts', async () => {
      const { before, begun, after } = await replaceSecret()

      expect(await after.abort(begun.token)).toMatchObject({ state: 'aborted' })
      expect(await before.s3.uploads('uploads')).toEqual([])
    })

    it('begins new files under the newer secret alone', async () => {
      const { after, begun } = await replaceSecret()
      const alone = createPair({ options: { secret: newer } })

      const { key } = await after.sign()

      expect(key).not.toBe(begun.key)
      expect(key).toBe((await alone.sign()).key)
    })
  })

  it.each([1, 2])('is refused at attempt %d when the object stands there', async (attempt) => {
    const { s3, upload, complete, trySign } = createPair()
    await complete((await upload()).token)

    expect(codeOf(await trySign({}, attempt))).toBe('upload-exists')
    expect(await s3.uploads('uploads')).toEqual([])
  })

  it('is refused although what was begun in vain cannot be removed', async () => {
    const onError = vi.fn()
    const { s3, upload, complete, trySign } = createPair({ options: { onError } })
    await complete((await upload()).token)
    s3.fault({
      operation: 'AbortMultipartUpload',
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    expect(codeOf(await trySign())).toBe('upload-exists')
    expect(String(onError.mock.calls[0]?.[0]?.cause)).toContain('s3:AbortMultipartUpload')
  })

  it('begins anew where uploads cannot be listed, and says so to the developer', async () => {
    const onError = vi.fn()
    const { s3, sign } = createPair({ options: { onError } })
    s3.fault(unlistable)

    expect(await sign({}, 2)).toMatchObject({ method: 'MULTIPART' })
    expect(await sign({}, 2)).toMatchObject({ method: 'MULTIPART' })
    expect(onError).toHaveBeenCalledOnce()
    expect(String(onError.mock.calls[0]?.[0]?.cause)).toContain('s3:ListBucketMultipartUploads')
  })
})

describe('a request that nobody waits for any more', () => {
  it('leaves the upload that the page has taken up, when S3 answers it at last', async () => {
    const pair = createPair()
    const page = createPair({ options: { fetch: (request) => pair.s3.fetch(request) } })
    let heads = 0
    const hanging = createPair({
      options: {
        async fetch(request) {
          if (request.method !== 'HEAD') return pair.s3.fetch(request)
          // The page asks again meanwhile, and sends its parts.
          if (heads++ === 0) await pair.send(await page.sign({}, 2))
          throw new Error('The connection hangs.')
        },
      },
    })

    await hanging.trySign()

    expect(await pair.s3.uploads('uploads')).toHaveLength(1)
    expect(await page.complete((await page.sign({}, 3)).token)).toHaveProperty('receipt')
  })

  it.each([
    ['and knows it', true],
    ['and cannot know it', false],
  ])('begins nothing after the page has completed the file, %s', async (_, isTold) => {
    const pair = createPair()
    const page = new AbortController()
    let creations = 0
    const hanging = createPair({
      options: {
        async fetch(request) {
          if (request.method !== 'POST' || creations++ > 0) return pair.s3.fetch(request)
          const { token } = await pair.upload()
          await pair.complete(token)
          if (isTold) page.abort()
          throw new Error('The connection hangs.')
        },
      },
    })

    await hanging.post({ operation: 'sign-uploads', files: [video()] }, 'ada', page.signal)

    expect(await pair.s3.objects('uploads')).toHaveLength(1)
    expect(await pair.s3.uploads('uploads')).toEqual([])
  })

  it('begins nothing', async () => {
    const { s3, post } = createPair()
    const body = { operation: 'sign-uploads', files: [video()] }

    await post(body, 'ada', AbortSignal.abort())

    expect(await s3.uploads('uploads')).toEqual([])
  })
})

describe('an answer of Create that is lost', () => {
  it.each([1, 2])('leaves one open upload after %d of them', async (times) => {
    const { s3, sign, send, complete } = createPair()
    s3.fault({ operation: 'CreateMultipartUpload', times, effect: { kind: 'lose-answer' } })

    const signed = await sign()
    await send(signed)

    expect(await s3.uploads('uploads')).toHaveLength(1)
    expect(await complete(signed.token)).toHaveProperty('receipt')
  })

  it('is no reason to fail where S3 was only busy', async () => {
    const { s3, asked, sign } = createPair()
    s3.fault({
      operation: 'CreateMultipartUpload',
      times: 2,
      effect: { kind: 'refuse', code: 'SlowDown' },
    })

    await sign()

    expect(asked.filter((operation) => operation === 'CreateMultipartUpload')).toHaveLength(3)
    expect(await s3.uploads('uploads')).toHaveLength(1)
  })

  it('ends in an error that can be repeated', async () => {
    const { s3, trySign } = createPair()
    s3.fault({ operation: 'CreateMultipartUpload', effect: { kind: 'refuse', code: 'SlowDown' } })

    expect(await trySign()).toMatchObject({ error: { code: 'storage-error', retryable: true } })
  })
})
