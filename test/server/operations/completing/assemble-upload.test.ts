import type { FaultRule } from 's3-direct-upload/testing'
import { describe, expect, it, vi } from 'vitest'
import type { SignedMultipart } from '../../../../src/protocol/operations.js'
import { objectUrl } from '../../../../src/s3/endpoint.js'
import { presignUrl } from '../../../../src/sigv4/presign-url.js'
import { VirtualClock } from '../../../support/virtual-clock.js'
import { credentials, options, startOfTests } from '../../handler-setup.js'
import { codeOf, createPair, mebibyte, unlistable } from '../../multipart-setup.js'

type Pair = ReturnType<typeof createPair>

/** Puts bytes where the page could not: beside the plan, or under a key that is already taken. */
async function putDirectly(
  { s3 }: Pair,
  url: URL,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const presigned = presignUrl(
    { method: 'PUT', url, expiresInSeconds: 60 },
    { credentials, region: 'eu-west-1', now: startOfTests },
  )
  const headers = { 'content-length': String(bytes.length) }
  return s3.fetch(new Request(presigned, { method: 'PUT', body: bytes, headers }))
}

function addressOf({ key }: SignedMultipart): URL {
  return objectUrl({ bucket: 'uploads', region: 'eu-west-1', endpoint: options.endpoint }, key)
}

/** Rejects when whoever waits for an answer leaves. */
function left(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}

/** How often S3 was asked to put an upload together. */
function completions({ asked }: Pair): number {
  return asked.filter((operation) => operation === 'CompleteMultipartUpload').length
}

function faultAtCompletion(effect: FaultRule['effect'], rule: Partial<FaultRule> = {}): FaultRule {
  return { operation: 'CompleteMultipartUpload', ...rule, effect }
}

describe('parts that are not all there', () => {
  it('are named, and S3 is not asked to put them together', async () => {
    const pair = createPair()
    const signed = await pair.sign()
    await pair.send(signed, signed.parts?.slice(1, 2))

    const answer = await pair.complete(signed.token)

    expect(answer).toMatchObject({
      id: signed.id,
      error: {
        code: 'parts-missing',
        message:
          's3-direct-upload: of 3 parts, 2 are missing or of another size than planned: 1, 3. Send them again.',
        retryable: true,
      },
    })
    expect(completions(pair)).toBe(0)
  })

  it('can be sent, and the upload completed then', async () => {
    const { sign, send, complete } = createPair()
    const signed = await sign()
    await send(signed, signed.parts?.slice(0, 2))
    await complete(signed.token)

    await send(signed, signed.parts?.slice(2))

    expect(await complete(signed.token)).toHaveProperty('receipt')
  })

  it.each([mebibyte - 1, mebibyte + 1])('include one of %d bytes', async (length) => {
    const pair = createPair()
    const signed = await pair.upload()
    const url = addressOf(signed)
    const uploadId = new URL(signed.parts?.[0]?.url ?? '').searchParams.get('uploadId') ?? ''
    url.search = new URLSearchParams({ partNumber: '2', uploadId }).toString()
    await putDirectly(pair, url, new Uint8Array(length))

    expect(await pair.complete(signed.token)).toMatchObject({
      error: {
        code: 'parts-missing',
        message: expect.stringMatching(/planned: 2\. Send them again\.$/),
      },
    })
    expect(await pair.s3.objects('uploads')).toEqual([])
  })

  it('include one that is replaced while they are put together', async () => {
    const { s3, upload, complete } = createPair()
    const { token } = await upload()
    s3.fault(faultAtCompletion({ kind: 'refuse', code: 'InvalidPart' }, { times: 1 }))

    expect(await complete(token)).toMatchObject({
      error: { code: 'parts-missing', retryable: true },
    })
    expect(await complete(token)).toHaveProperty('receipt')
  })
})

describe('an upload that is over', () => {
  it('is gone when it was aborted', async () => {
    const { upload, abort, complete } = createPair()
    const { token } = await upload()
    await abort(token)

    expect(await complete(token)).toMatchObject({
      error: { code: 'upload-gone', retryable: false },
    })
  })

  it('is not taken for an object of another size', async () => {
    const pair = createPair()
    const signed = await pair.upload()
    await pair.abort(signed.token)
    await putDirectly(pair, addressOf(signed), new Uint8Array(7))

    expect(codeOf(await pair.complete(signed.token))).toBe('upload-gone')
  })

  it('is not sent again where its object is listed and may not be read', async () => {
    const { s3, upload, complete } = createPair()
    const { token } = await upload()
    await complete(token)
    s3.fault({
      operation: ['HeadObject', 'GetObject'],
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    expect(codeOf(await complete(token))).toBe('storage-refused')
  })

  it('is gone where S3 may not tell a missing object from a forbidden one, and the developer hears why', async () => {
    const onError = vi.fn()
    const { s3, upload, abort, complete } = createPair({ options: { onError } })
    const { token } = await upload()
    await abort(token)
    s3.fault({
      operation: ['HeadObject', 'GetObject'],
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    expect(codeOf(await complete(token))).toBe('upload-gone')
    expect(String(onError.mock.calls[0]?.[0]?.cause)).toContain('s3:ListBucket')
  })

  it('is not asked for again when it is stored and may not be read', async () => {
    const onError = vi.fn()
    const { s3, upload, complete } = createPair({ options: { onError } })
    const { token } = await upload()
    s3.fault({
      operation: ['HeadObject', 'GetObject'],
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    expect(codeOf(await complete(token))).toBe('storage-refused')
    expect(String(onError.mock.calls[0]?.[0]?.cause)).toContain('Grant them s3:GetObject')
  })
})

describe('an object that stands under the key', () => {
  it.each(['aws', 'rgw16'] as const)('is never replaced on %s', async (profile) => {
    const pair = createPair({ s3: { profile } })
    const { s3, sign, send, complete } = pair
    s3.fault(unlistable)
    const first = await sign()
    const second = await sign()
    await send(first)
    await send(second)
    const completed = await complete(first.token)

    const refused = await complete(second.token)

    expect(second.key).toBe(first.key)
    expect(completed).toHaveProperty('receipt')
    expect(refused).toMatchObject({ error: { code: 'upload-exists', retryable: false } })
    expect(completions(pair)).toBe(1)
    expect(await s3.objects('uploads')).toHaveLength(1)
  })

  it('is not replaced where another process puts it there at the last moment', async () => {
    // Completions of one process wait for each other; by another address, this one is another process.
    const pair = createPair({ options: { endpoint: 'https://other.s3.test' } })
    pair.s3.fault(unlistable)
    const first = await pair.sign()
    const second = await pair.sign()
    await pair.send(first)
    await pair.send(second)
    let heads = 0
    const server = createPair({
      options: {
        async fetch(request) {
          // The object is put there between the look at the key and the completion.
          if (request.method === 'HEAD' && heads++ === 0) {
            await pair.complete(first.token)
            return new Response(null, { status: 404 })
          }
          return pair.s3.fetch(request)
        },
      },
    })

    expect(codeOf(await server.complete(second.token))).toBe('upload-exists')
  })
})

describe('an answer of S3 that is lost', () => {
  it.each([1, 2, 3, 4])('%d times does not lose the upload', async (times) => {
    const { s3, upload, complete } = createPair()
    const { token } = await upload()
    s3.fault(faultAtCompletion({ kind: 'lose-answer' }, { times }))

    expect(await complete(token)).toHaveProperty('receipt')
    expect(await complete(token)).toHaveProperty('receipt')
  })

  it.each(['NoSuchUpload', 'PreconditionFailed', 'ConditionalRequestConflict'] as const)(
    'and then %s is a success, since the object is there',
    async (code) => {
      const { s3, upload, complete } = createPair()
      const { token } = await upload()
      s3.fault(faultAtCompletion({ kind: 'lose-answer' }, { times: 1 }))
      s3.fault(faultAtCompletion({ kind: 'refuse', code }, { nth: 2 }))

      expect(await complete(token)).toHaveProperty('receipt')
    },
  )

  it.each<[string, FaultRule['effect']]>([
    ['an error behind status 200', { kind: 'refuse', code: 'InternalError', status: 200 }],
    ['an empty answer before the work', { kind: 'empty-answer', work: 'skipped' }],
    ['an empty answer after the work', { kind: 'empty-answer' }],
    ['SlowDown', { kind: 'refuse', code: 'SlowDown' }],
    ['OperationAborted', { kind: 'refuse', code: 'OperationAborted' }],
  ])('is repeated after %s', async (_, effect) => {
    const pair = createPair()
    const { token } = await pair.upload()
    pair.s3.fault(faultAtCompletion(effect, { times: 2 }))

    expect(await pair.complete(token)).toHaveProperty('receipt')
    expect(completions(pair)).toBe(3)
    expect(pair.pauses).toHaveLength(2)
  })

  it('is an error that can be repeated when S3 goes on failing', async () => {
    const { s3, upload, complete } = createPair()
    const { token } = await upload()
    const remove = s3.fault(faultAtCompletion({ kind: 'refuse', code: 'InternalError' }))

    expect(await complete(token)).toMatchObject({
      error: { code: 'storage-error', retryable: true },
    })
    remove()
    expect(await complete(token)).toHaveProperty('receipt')
  })

  it('is an error that can be repeated when a conflict leaves no object', async () => {
    const { s3, pauses, upload, complete } = createPair()
    const { token } = await upload()
    s3.fault(
      faultAtCompletion({ kind: 'refuse', code: 'ConditionalRequestConflict' }, { times: 1 }),
    )

    expect(await complete(token)).toMatchObject({
      error: { code: 'storage-error', retryable: true },
    })
    expect(pauses).toEqual([200, 400, 800])
    expect(await complete(token)).toHaveProperty('receipt')
  })
})

describe('a completion that takes long', () => {
  it('is answered with when to ask again, and is found then', async () => {
    const pair = createPair()
    const { id, token } = await pair.upload()
    let work: Promise<Response> | undefined
    const clock = new VirtualClock()
    const server = createPair({
      config: { runtime: clock.runtime },
      options: {
        async fetch(request) {
          if (request.method !== 'POST') return pair.s3.fetch(request)
          // S3 goes on after the connection was given up.
          const { url, headers, signal } = request
          work ??= pair.s3.fetch(
            new Request(url, { method: 'POST', headers, body: await request.text() }),
          )
          return left(signal)
        },
      },
    })

    const first = await clock.until(server.complete(token))
    await work

    expect(first).toEqual({ id, state: 'pending', retryAfterSeconds: 2 })
    expect(await server.complete(token)).toHaveProperty('receipt')
    expect(completions(pair)).toBe(1)
  })

  it('is begun again when S3 never got to it', async () => {
    const { s3, upload, complete } = createPair()
    const clock = new VirtualClock()
    const hurried = createPair({
      config: { runtime: clock.runtime },
      options: { fetch: (request) => s3.fetch(request) },
    })
    const { token } = await upload()
    const remove = s3.fault(faultAtCompletion({ kind: 'stall-after', bytes: 0 }))

    expect(await clock.until(hurried.complete(token))).toMatchObject({ state: 'pending' })
    remove()
    expect(await complete(token)).toHaveProperty('receipt')
  })

  it('is also what an object looks like that S3 does not show yet', async () => {
    const { s3, upload, complete } = createPair()
    const { token } = await upload()
    s3.fault({
      operation: 'HeadObject',
      nth: 2,
      effect: { kind: 'refuse', code: 'NoSuchKey' },
    })

    expect(await complete(token)).toMatchObject({ state: 'pending' })
    expect(await complete(token)).toHaveProperty('receipt')
  })
})
