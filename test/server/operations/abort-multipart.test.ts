import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { codeOf, createPair, unlistable } from '../multipart-setup.js'

/** A handler for whose first `count` aborts parts land late, so that S3 goes on listing the upload. */
function pairWithLateParts(count: number) {
  const pair = createPair()
  let aborts = 0
  const server = createPair({
    options: {
      async fetch(request) {
        const isLate = request.method === 'DELETE' && aborts++ < count
        return isLate ? new Response(null, { status: 204 }) : pair.s3.fetch(request)
      },
    },
  })
  return { ...server, s3: pair.s3, upload: pair.upload, abortCount: () => aborts }
}

describe('abort-uploads of a multipart upload', () => {
  it('removes its parts', async () => {
    const { s3, pauses, upload, abort } = createPair()
    const { id, token } = await upload()

    expect(await abort(token)).toEqual({ id, state: 'aborted' })
    expect(await s3.uploads('uploads')).toEqual([])
    expect(pauses).toEqual([])
  })

  it('can be repeated', async () => {
    const { upload, abort } = createPair()
    const { token } = await upload()
    await abort(token)

    expect(await abort(token)).toMatchObject({ state: 'aborted' })
  })

  it('leaves a completed object alone', async () => {
    const { s3, upload, complete, abort } = createPair()
    const { token } = await upload()
    await complete(token)

    expect(await abort(token)).toMatchObject({ state: 'aborted' })
    expect(await s3.objects('uploads')).toHaveLength(1)
    expect(await complete(token)).toHaveProperty('receipt')
  })

  it.each([1, 3])('aborts again while parts land, %d times', async (late) => {
    const { s3, pauses, upload, abort, abortCount } = pairWithLateParts(late)
    const { token } = await upload()

    expect(await abort(token)).toMatchObject({ state: 'aborted' })
    expect(await s3.uploads('uploads')).toEqual([])
    expect(abortCount()).toBe(late + 1)
    expect(pauses).toHaveLength(late)
  })

  it('gives up after some eight seconds, and can be repeated then', async () => {
    const { pauses, upload, abort, abortCount } = pairWithLateParts(6)
    const { token } = await upload()

    expect(await abort(token)).toMatchObject({ error: { code: 'storage-error', retryable: true } })
    expect(abortCount()).toBe(6)
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000])
    expect(await abort(token)).toMatchObject({ state: 'aborted' })
  })

  it('removes whatever else is open under the key', async () => {
    const { s3, sign, upload, abort } = createPair()
    await upload()
    const { token } = await sign()
    const other = await sign({ id: '5a1c1a3e-7a55-4f7c-8f0e-2b8a35f0a001' })

    expect(await abort(token)).toMatchObject({ state: 'aborted' })
    expect(await s3.uploads('uploads')).toMatchObject([{ key: other.key }])
  })

  it('removes what else is open after the upload itself is gone', async () => {
    const { s3, sign, send, abort, complete } = createPair()
    s3.fault({ ...unlistable, times: 1 })
    await sign()
    const signed = await sign()
    await send(signed)
    await complete(signed.token)
    expect(await s3.uploads('uploads')).toHaveLength(1)

    expect(await abort(signed.token)).toMatchObject({ state: 'aborted' })
    expect(await s3.uploads('uploads')).toEqual([])
  })

  it('aborts again while parts of another one land', async () => {
    const { s3, pauses, upload, abort } = pairWithLateParts(2)
    await upload()
    const { token } = await upload()

    expect(await abort(token)).toMatchObject({ state: 'aborted' })
    expect(await s3.uploads('uploads')).toEqual([])
    expect(pauses).toEqual([250])
  })

  it('leaves what a page has begun anew since it stopped waiting', async () => {
    const pair = createPair()
    const left = await pair.upload()
    const page = new AbortController()
    const server = createPair({
      options: {
        async fetch(request) {
          // The list of what is open comes late: the page has asked again and begun anew meanwhile.
          if (new URL(request.url).searchParams.has('uploads') && !page.signal.aborted) {
            page.abort()
            await pair.upload()
          }
          return pair.s3.fetch(request)
        },
      },
    })

    const body = { operation: 'abort-uploads', tokens: [left.token] }
    await server.post(body, 'ada', page.signal)

    expect(await pair.s3.uploads('uploads')).toMatchObject([{ key: left.key }])
  })

  it('leaves what is begun between its looks', async () => {
    const pair = createPair()
    const { token } = await pair.upload()
    let aborts = 0
    const server = createPair({
      options: {
        async fetch(request) {
          const isLate = request.method === 'DELETE' && aborts++ === 0
          return isLate ? new Response(null, { status: 204 }) : pair.s3.fetch(request)
        },
      },
      config: { runtime: { ...systemRuntime, sleep: async () => void (await pair.upload()) } },
    })

    expect(await server.abort(token)).toMatchObject({ state: 'aborted' })
    expect(await pair.s3.uploads('uploads')).toHaveLength(1)
  })

  it('removes its own parts where uploads cannot be listed', async () => {
    const { s3, upload, abort } = createPair()
    const { token } = await upload()
    s3.fault(unlistable)

    expect(await abort(token)).toMatchObject({ state: 'aborted' })
    expect(await s3.uploads('uploads')).toEqual([])
  })

  it('is repeated when S3 did not say what else is open', async () => {
    const { s3, upload, abort } = createPair()
    const { token } = await upload()
    s3.fault({
      operation: 'ListMultipartUploads',
      times: 3,
      effect: { kind: 'refuse', code: 'SlowDown' },
    })

    expect(await abort(token)).toMatchObject({ error: { code: 'storage-error', retryable: true } })
    expect(await abort(token)).toMatchObject({ state: 'aborted' })
  })

  it('goes on after S3 was busy', async () => {
    const { s3, upload, abort } = createPair()
    const { token } = await upload()
    s3.fault({
      operation: 'AbortMultipartUpload',
      times: 2,
      effect: { kind: 'refuse', code: 'SlowDown' },
    })

    expect(await abort(token)).toMatchObject({ state: 'aborted' })
    expect(await s3.uploads('uploads')).toEqual([])
  })

  it('goes on after an answer was lost', async () => {
    const { s3, upload, abort } = createPair()
    const { token } = await upload()
    s3.fault({ operation: 'AbortMultipartUpload', times: 1, effect: { kind: 'lose-answer' } })

    expect(await abort(token)).toMatchObject({ state: 'aborted' })
  })

  it('says so when it may not', async () => {
    const { s3, upload, abort } = createPair()
    const { token } = await upload()
    s3.fault({
      operation: 'AbortMultipartUpload',
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    expect(codeOf(await abort(token))).toBe('storage-refused')
  })

  it('answers a batch in order, each for itself', async () => {
    const { run, upload, sign } = createPair()
    const first = await upload()
    const second = await sign({ id: '5a1c1a3e-7a55-4f7c-8f0e-2b8a35f0a001' })

    const { uploads } = await run('abort-uploads', {
      tokens: [first.token, 'nonsense', second.token],
    })

    expect(uploads).toMatchObject([
      { id: first.id, state: 'aborted' },
      { error: { code: 'invalid-token' } },
      { id: second.id, state: 'aborted' },
    ])
  })
})
