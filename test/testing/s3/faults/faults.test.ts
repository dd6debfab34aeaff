import { request } from 'node:http'
import { setupServer } from 'msw/node'
import {
  createTestTransport,
  type FaultEffect,
  type FaultRule,
  type TestS3RequestEvent,
} from 's3-direct-upload/testing'
import { s3Handlers } from 's3-direct-upload/testing/msw'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { presigned as presignedOverHttp } from '../../node/signed-requests.js'
import {
  contentsOf,
  credentials,
  endpoint,
  form,
  keysOf,
  presigned,
  put,
  type S3,
  testS3,
} from './faulty-s3.js'

const refusal: FaultEffect = { kind: 'refuse', code: 'SlowDown' }

describe('a fault', () => {
  it("refuses with S3's error document and does nothing", async () => {
    const { s3, events } = testS3()
    s3.fault({
      effect: {
        kind: 'refuse',
        code: 'SlowDown',
        message: 'Please reduce your request rate.',
        headers: { 'retry-after': '2' },
      },
    })
    const response = await s3.fetch(await put('a'))

    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await response.text()).toMatch(
      /<Code>SlowDown<\/Code><Message>Please reduce your request rate\.<\/Message>.*<RequestId>/s,
    )
    expect(await s3.objects('photos')).toEqual([])
    expect(events).toMatchObject([
      { operation: 'PutObject', key: 'a', status: 503, errorCode: 'SlowDown', fault: 'refuse' },
    ])
  })

  it('refuses with the status it is given, as S3 does late in a completion', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'refuse', code: 'InternalError', status: 200 } })
    const response = await s3.fetch(await presigned('POST', 'a?uploadId=1'))

    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<Code>InternalError</Code>')
  })

  for (const [profile, code, allowed] of [
    ['aws', 'SlowDown', '*'],
    ['aws', 'AccessDenied', '*'],
    ['rgw16', 'SlowDown', '*'],
    ['rgw16', 'AccessDenied', null],
  ] as const) {
    it(`refuses with ${code} ${allowed ? 'readably' : 'unreadably'} for scripts in ${profile}`, async () => {
      const cors = [{ allowedOrigins: ['*'], allowedMethods: ['PUT'] }]
      const { s3 } = testS3({ profile, cors })
      s3.fault({ effect: { kind: 'refuse', code } })
      const { headers } = await s3.fetch(await put('a'), { origin: 'https://app.test' })

      expect(headers.get('access-control-allow-origin')).toBe(allowed)
    })
  }

  it('loses an answer after the work is done', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: { kind: 'lose-answer' } })

    await expect(s3.fetch(await put('a'))).rejects.toThrow(TypeError)
    expect(await keysOf(s3)).toEqual(['a'])
    expect(events).toMatchObject([{ key: 'a', status: 200, fault: 'lose-answer' }])
  })

  it('closes after so many bytes of the body, and stores nothing', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: { kind: 'close-after', bytes: 5 } })
    const { body, pulled } = countedBody({ chunks: 10, chunkBytes: 4 })
    const { url } = await presigned('PUT', 'a')
    const sent = new Request(url, { method: 'PUT', body, duplex: 'half' } as RequestInit)

    await expect(s3.fetch(sent, { contentLength: 40 })).rejects.toThrow(TypeError)
    expect(pulled()).toBe(2)
    expect(await keysOf(s3)).toEqual([])
    expect(events).toMatchObject([{ key: 'a', status: 0, fault: 'close-after' }])
  })

  it('closes at the end of a shorter body, which is not stored', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'close-after', bytes: Number.POSITIVE_INFINITY } })

    await expect(s3.fetch(await put('a'))).rejects.toThrow(TypeError)
    expect(await keysOf(s3)).toEqual([])
  })

  it('stalls until the client leaves', async () => {
    const { s3, events } = testS3()
    const client = new AbortController()
    s3.fault({ effect: { kind: 'stall-after', bytes: 2 } })
    const answer = s3.fetch(new Request(await put('a'), { signal: client.signal }))
    await s3.fetch(await presigned('OPTIONS', 'a'))
    const before = events.filter(({ key, method }) => key === 'a' && method === 'PUT')
    client.abort()

    await expect(answer).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
    expect(before).toEqual([])
    expect(events).toMatchObject([{ method: 'OPTIONS' }, { status: 0, fault: 'stall-after' }])
  })

  it('delays an answer', async () => {
    const { s3 } = testS3()
    s3.fault({ nth: 1, effect: { kind: 'delay', milliseconds: 50 } })
    const start = performance.now()
    const { status } = await s3.fetch(await put('a'))

    expect(status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(45)
  })

  it('delays no longer than the client waits', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'delay', milliseconds: 1_000_000 } })
    const signal = AbortSignal.timeout(10)

    await expect(s3.fetch(await put('a'), { signal })).rejects.toThrow(
      expect.objectContaining({ name: 'TimeoutError' }),
    )
  })
})

describe('a fault hits', () => {
  for (const [title, rule, hits] of [
    ['every request', {}, [1, 2, 3, 4, 5]],
    ['the nth alone', { nth: 2 }, [2]],
    ['the first so many times', { times: 2 }, [1, 2]],
    ['so many from the nth on', { nth: 2, times: 3 }, [2, 3, 4]],
    ['all from the nth on', { nth: 4, times: Number.POSITIVE_INFINITY }, [4, 5]],
  ] as const) {
    it(title, async () => {
      const { s3 } = testS3()
      s3.fault({ ...rule, effect: refusal })
      const statuses = []
      for (let count = 1; count <= 5; count++)
        statuses.push((await s3.fetch(await put('a'))).status)

      expect(statuses.flatMap((status, index) => (status === 503 ? [index + 1] : []))).toEqual(hits)
    })
  }

  for (const [title, rule, hits] of [
    ['one operation', { operation: 'PutObject' }, ['PUT a', 'PUT b.mp4']],
    [
      'several operations',
      { operation: ['PutObject', 'ListObjects'] },
      ['PUT a', 'PUT b.mp4', 'GET '],
    ],
    ['one key', { key: 'a' }, ['PUT a', 'DELETE a']],
    ['keys with a pattern, also a global one', { key: /\.mp4$/g }, ['PUT b.mp4', 'DELETE b.mp4']],
    [
      'one bucket',
      { bucket: 'photos' },
      ['PUT a', 'PUT b.mp4', 'DELETE a', 'DELETE b.mp4', 'GET '],
    ],
    ['no other bucket', { bucket: 'videos' }, []],
    ['the preflight only by name', { operation: 'Preflight' }, ['OPTIONS a']],
    [
      'everything but the preflight',
      {},
      ['PUT a', 'PUT b.mp4', 'DELETE a', 'DELETE b.mp4', 'GET '],
    ],
  ] as const) {
    it(title, async () => {
      const { s3, events } = testS3()
      s3.fault({ ...rule, effect: refusal })
      for (const [method, path] of [
        ['PUT', 'a'],
        ['PUT', 'b.mp4'],
        ['OPTIONS', 'a'],
        ['DELETE', 'a'],
        ['DELETE', 'b.mp4'],
        ['GET', ''],
      ] as const) {
        await s3.fetch(await presigned(method, path))
      }

      expect(
        events.flatMap(({ method, key = '', fault }) => (fault ? [`${method} ${key}`] : [])),
      ).toEqual(hits)
    })
  }

  it('a posted form by the key in it', async () => {
    const { s3 } = testS3()
    s3.fault({ key: 'a', effect: { kind: 'lose-answer' } })

    await expect(s3.fetch(form('a'))).rejects.toThrow(TypeError)
    expect((await s3.fetch(form('b'))).status).toBe(204)
    expect(await contentsOf(s3)).toEqual({ a: 'hello', b: 'hello' })
  })

  it('one part, each time it is sent', async () => {
    const { s3, events } = testS3()
    s3.fault({ operation: 'UploadPart', partNumber: 2, effect: refusal })
    for (const partNumber of [1, 2, 2, 12]) {
      await s3.fetch(await presigned('PUT', `a?partNumber=${partNumber}&uploadId=u`))
    }

    expect(events.map(({ partNumber, status }) => [partNumber, status])).toEqual([
      [1, 404],
      [2, 503],
      [2, 503],
      [12, 404],
    ])
  })

  it('what a function chooses, which sees the request and its number', async () => {
    const { s3, events } = testS3()
    const seen: unknown[] = []
    s3.fault({
      operation: 'PutObject',
      times: 3,
      effect: (request) => {
        seen.push(request)
        return request.nth === 2 ? refusal : undefined
      },
    })
    for (let count = 1; count <= 4; count++) await s3.fetch(await put('a'))

    expect(events.map(({ status }) => status)).toEqual([200, 503, 200, 200])
    expect(seen).toMatchObject([1, 2, 3].map((nth) => ({ bucket: 'photos', key: 'a', nth })))
  })

  it('by the next rule what a function spares', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: () => undefined })
    s3.fault({ effect: refusal })
    await s3.fetch(await put('a'))

    expect(events.map(({ status }) => status)).toEqual([503])
  })

  it('no form that has no key', async () => {
    const { s3 } = testS3()
    s3.fault({ key: /^/, effect: refusal })
    const body = new FormData()
    body.set('file', new Blob(['hello']))
    const response = await s3.fetch(new Request(`${endpoint}/photos`, { method: 'POST', body }))

    expect(response.status).toBe(400)
    expect(await response.text()).toContain('<ArgumentName>key</ArgumentName>')
  })

  it('first come, first served, each counting for itself', async () => {
    const { s3, events } = testS3()
    s3.fault({ nth: 1, effect: { kind: 'refuse', code: 'RequestTimeout' } })
    s3.fault({ times: 2, effect: { kind: 'refuse', code: 'ServiceUnavailable' } })
    for (let count = 0; count < 3; count++) await s3.fetch(await put('a'))

    expect(events.map(({ status, errorCode }) => [status, errorCode])).toEqual([
      [400, 'RequestTimeout'],
      [503, 'ServiceUnavailable'],
      [200, undefined],
    ])
  })

  it('nothing once it is removed', async () => {
    const { s3 } = testS3()
    const remove = s3.fault({ key: 'a', effect: refusal })
    s3.fault({ key: 'b', effect: refusal })
    remove()

    expect((await s3.fetch(await put('a'))).status).toBe(200)
    expect((await s3.fetch(await put('b'))).status).toBe(503)
  })

  it('nothing after a reset', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: refusal })
    await s3.reset()

    expect((await s3.fetch(await put('a'))).status).toBe(200)
  })

  it('nothing when its rule cannot work', () => {
    const { s3 } = testS3()
    const rule = {
      operation: 'PutObjekt',
      partNumber: 1.5,
      nth: 0,
      times: -1,
      effect: { kind: 'close-after', bytes: 0.5 },
    } as unknown as FaultRule

    expect(() => s3.fault(rule)).toThrow(
      /"PutObjekt".*partNumber: 1\.5.*nth: 0.*times: -1.*bytes: 0\.5/,
    )
  })

  for (const effect of [
    { kind: 'explode' },
    { kind: 'refuse', code: 'Tired' },
    { kind: 'refuse', code: 'SlowDown', status: 99 },
    { kind: 'refuse', code: 'SlowDown', status: 204 },
    { kind: 'delay', milliseconds: 2 ** 31 },
    { kind: 'stall-after' },
    { kind: 'stall-after', fraction: 1.5 },
    { kind: 'close-after', bytes: 1, fraction: 0.5 },
    { kind: 'slow-line', bytesPerSecond: 0 },
    { kind: 'slow-line', roundTripMs: -1 },
    { kind: 'clock', aheadSeconds: Number.NaN },
    { kind: 'empty-answer', work: 'half' },
  ]) {
    it(`nothing with the effect ${JSON.stringify(effect)}`, () => {
      const { s3 } = testS3()

      expect(() => s3.fault({ effect: effect as FaultEffect })).toThrow(TypeError)
    })
  }
})

describe('a fault over HTTP', () => {
  let running: RunningTestS3
  let events: TestS3RequestEvent[]

  beforeEach(async () => {
    events = []
    const onRequest = (event: TestS3RequestEvent) => events.push(event)
    running = await startTestS3({ buckets: ['photos'], credentials, onRequest })
  })

  afterEach(() => running.close())

  it('refuses', async () => {
    running.s3.fault({ nth: 1, effect: refusal })

    expect([await send(), await send()]).toEqual([503, 200])
  })

  it('loses an answer: the connection closes, the object is there', async () => {
    running.s3.fault({ nth: 1, effect: { kind: 'lose-answer' } })

    await expect(send()).rejects.toThrow('fetch failed')
    expect(await contentsOf(running.s3)).toEqual({ a: 'hello' })
  })

  it('loses the answer to a download', async () => {
    await send()
    running.s3.fault({ operation: 'GetObject', effect: { kind: 'lose-answer' } })
    const { url } = await presignedOverHttp(running, 'GET', 'a')

    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('closes in the middle of a large body', async () => {
    running.s3.fault({ nth: 1, effect: { kind: 'close-after', bytes: 100_000 } })

    await expect(send(new Uint8Array(16 * 1024 * 1024))).rejects.toThrow('fetch failed')
    expect(await keysOf(running.s3)).toEqual([])
    expect(await send()).toBe(200)
  })

  it('stalls until the client leaves', async () => {
    running.s3.fault({ nth: 1, effect: { kind: 'stall-after', bytes: 5 } })
    const { outgoing } = await begin('hello')
    await send()
    const before = events.map(({ fault }) => fault)
    outgoing.destroy()
    await expect.poll(() => events.length).toBe(2)

    expect(before).toEqual([undefined])
    expect(events[1]).toMatchObject({ key: 'a', status: 0, fault: 'stall-after' })
  })

  it('stalls until a reset', async () => {
    running.s3.fault({ nth: 1, effect: { kind: 'stall-after', bytes: 1000 } })
    const { failure } = await begin(new Uint8Array(50_000), 16 * 1024 * 1024)
    await send()
    await running.s3.reset()

    expect(await failure).toMatchObject({ code: 'ECONNRESET' })
    expect(await send()).toBe(200)
  })

  it('lets the server close while a request is stalled', async () => {
    running.s3.fault({ nth: 1, effect: { kind: 'stall-after', bytes: 1000 } })
    const { failure } = await begin(new Uint8Array(50_000), 16 * 1024 * 1024)
    await send()
    await running.close()

    expect(await failure).toMatchObject({ code: 'ECONNRESET' })
    expect(events.map(({ status, fault }) => [status, fault])).toEqual([
      [200, undefined],
      [0, 'stall-after'],
    ])
  })

  it('delays an answer no longer than the server runs', async () => {
    running.s3.fault({ nth: 1, effect: { kind: 'delay', milliseconds: 1_000_000 } })
    const { failure } = await begin('hello')
    await send()
    await running.close()

    expect(await failure).toMatchObject({ code: 'ECONNRESET' })
  })

  async function send(body: string | Uint8Array<ArrayBuffer> = 'hello'): Promise<number> {
    const { url } = await presignedOverHttp(running, 'PUT', 'a')
    return (await fetch(url, { method: 'PUT', body: new Blob([body]) })).status
  }

  /** Resolves when the first bytes are on their way; what is sent next arrives after them. */
  async function begin(first: string | Uint8Array, size = first.length) {
    const { url } = await presignedOverHttp(running, 'PUT', 'a')
    const headers = { 'content-length': size }
    const outgoing = request(url, { method: 'PUT', headers, agent: false })
    const failure = new Promise((resolve) => outgoing.on('error', resolve))
    await new Promise((resolve) => outgoing.write(first, resolve))
    return { outgoing, failure }
  }
})

describe('a fault through', () => {
  it('the test transport is a network error', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'lose-answer' } })

    await expect(transported(s3, new AbortController().signal)).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'network',
      retryable: true,
    })
    expect(await keysOf(s3)).toEqual(['a'])
  })

  it('the test transport ends when the upload is cancelled', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'stall-after', bytes: 0 } })
    const reason = new Error('cancelled')
    const client = new AbortController()
    const sent = transported(s3, client.signal)
    setTimeout(() => client.abort(reason), 10)

    await expect(sent).rejects.toBe(reason)
  })

  it('MSW is a network error', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'lose-answer' } })
    const handler = async () => new Response()
    const server = setupServer(...s3Handlers({ s3, s3Url: endpoint, handler, endpoint: '/api/s3' }))
    server.listen()
    try {
      const { url } = await presigned('PUT', 'a')

      await expect(fetch(url, { method: 'PUT', body: 'hello' })).rejects.toThrow(TypeError)
      expect(await keysOf(s3)).toEqual(['a'])
    } finally {
      server.close()
    }
  })
})

function countedBody({ chunks, chunkBytes }: { chunks: number; chunkBytes: number }) {
  let pulled = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(chunkBytes))
        if (pulled === chunks) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return { body, pulled: () => pulled }
}

async function transported(s3: S3, signal: AbortSignal) {
  const { url } = await presigned('PUT', 'a')
  return createTestTransport(s3).send({
    method: 'PUT',
    url,
    headers: {},
    body: new Blob(['hello']),
    signal,
    onProgress: () => {},
  })
}
