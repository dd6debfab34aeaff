import type { FaultEffect, TestS3Object } from 's3-direct-upload/testing'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { presigned as presignedOverHttp } from '../../node/signed-requests.js'
import { contentsOf, credentials, form, keysOf, presigned, put, testS3 } from './faulty-s3.js'

const cors = [{ allowedOrigins: ['*'], allowedMethods: ['PUT', 'POST'], allowedHeaders: ['*'] }]
const origin = 'https://app.test'
const mebibyte = 1024 * 1024

describe('a share of the body', () => {
  it('closes after it', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: { kind: 'close-after', fraction: 0.5 } })
    const { body, pulled } = chunkedBody(10, 4)
    const { url } = await presigned('PUT', 'a')
    const sent = new Request(url, { method: 'PUT', body, duplex: 'half' } as RequestInit)

    await expect(s3.fetch(sent, { contentLength: 40 })).rejects.toThrow(TypeError)
    expect(pulled()).toBe(5)
    expect(events).toMatchObject([{ status: 0, fault: 'close-after' }])
  })

  it('may be nothing, or all', async () => {
    const { s3 } = testS3()
    for (const fraction of [0, 1]) s3.fault({ nth: 1, effect: { kind: 'close-after', fraction } })

    await expect(s3.fetch(await put('a'))).rejects.toThrow(TypeError)
    expect(await keysOf(s3)).toEqual([])
  })
})

describe('a slow line', () => {
  it('takes its time for the body and for the way there and back', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: 100, roundTripMs: 40 } })
    const start = performance.now()
    const { status } = await s3.fetch(await put('a'))

    expect(status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(85)
    expect(events).toMatchObject([{ status: 200, fault: 'slow-line' }])
  })

  it('is shared by its requests', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: 100 } })
    const start = performance.now()
    await Promise.all([put('a'), put('b')].map(async (request) => s3.fetch(await request)))

    expect(performance.now() - start).toBeGreaterThan(95)
  })

  it('ends with its rule, also for what is under way', async () => {
    const { s3, events } = testS3()
    const remove = s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: 0.001 } })
    const sent = s3.fetch(await put('a'))
    setTimeout(remove, 10)

    expect((await sent).status).toBe(200)
    expect(events).toMatchObject([{ fault: 'slow-line' }])
  })

  it('delays no answer once its rule is gone', async () => {
    const { s3 } = testS3()
    const effect = { kind: 'slow-line', roundTripMs: 10_000_000 } as const
    const remove = s3.fault({ effect })
    const sent = s3.fetch(await put('a'))
    setTimeout(remove, 10)

    expect((await sent).status).toBe(200)
  })

  it('ends with a reset', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: 0.001 } })
    const sent = s3.fetch(await put('a'))
    setTimeout(() => s3.reset(), 10)

    await expect(sent).rejects.toThrow(TypeError)
  })
})

describe('offline', () => {
  it('cuts every request, preflights too, until it is lifted', async () => {
    const { s3, events } = testS3()
    const lift = s3.fault({ effect: { kind: 'offline' } })

    await expect(s3.fetch(await put('a'))).rejects.toThrow(TypeError)
    await expect(s3.fetch(await presigned('OPTIONS', 'a'))).rejects.toThrow(TypeError)
    lift()
    expect((await s3.fetch(await put('a'))).status).toBe(200)
    expect(events).toMatchObject([
      { status: 0, fault: 'offline' },
      { status: 0, fault: 'offline' },
      { status: 200 },
    ])
  })

  it('cuts what is under way', async () => {
    const { s3, events } = testS3()
    const { body, pulled } = endlessBody()
    const { url } = await presigned('PUT', 'a')
    const sent = s3.fetch(
      new Request(url, { method: 'PUT', body, duplex: 'half' } as RequestInit),
      { contentLength: mebibyte },
    )
    await expect.poll(pulled).toBeGreaterThan(1)
    s3.fault({ key: 'a', effect: { kind: 'offline' } })

    await expect(sent).rejects.toThrow(TypeError)
    expect(await keysOf(s3)).toEqual([])
    expect(events).toMatchObject([{ key: 'a', status: 0, fault: 'offline' }])
  })

  it('spares what another rule is about', async () => {
    const { s3 } = testS3()
    s3.fault({ nth: 1, effect: { kind: 'delay', milliseconds: 30 } })
    const sent = s3.fetch(await put('a'))
    setTimeout(() => s3.fault({ key: 'b', effect: { kind: 'offline' } }), 5)

    expect((await sent).status).toBe(200)
  })
})

describe('a clock', () => {
  it('that is ahead makes signatures expire', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: { kind: 'clock', aheadSeconds: 8 * 24 * 60 * 60 } })
    const [url, posted] = [await s3.fetch(await put('a')), await s3.fetch(form('b'))]

    expect([url.status, posted.status]).toEqual([403, 403])
    expect(await url.text()).toContain('<Message>Request has expired</Message>')
    expect(await posted.text()).toMatch(/expired/)
    expect(events.map(({ fault }) => fault)).toEqual(['clock', 'clock'])
  })

  it('that is behind makes them invalid yet', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'clock', aheadSeconds: -3600 } })
    const answer = await s3.fetch(await put('a'))

    expect(await answer.text()).toContain('<Message>Request is not valid yet</Message>')
  })

  it('is right again once the fault is removed', async () => {
    const { s3 } = testS3()
    const remove = s3.fault({ effect: { kind: 'clock', aheadSeconds: 1e6 } })
    remove()

    expect((await s3.fetch(await put('a'))).status).toBe(200)
  })
})

describe('CORS that is off', () => {
  it('does the work and answers so that no script can read it', async () => {
    const { s3 } = testS3({ cors })
    s3.fault({ nth: 1, effect: { kind: 'cors-off' } })
    const [hidden, shown] = [
      await s3.fetch(await put('a'), { origin }),
      await s3.fetch(await put('b'), { origin }),
    ]

    expect([hidden.status, shown.status]).toEqual([200, 200])
    expect(hidden.headers.get('access-control-allow-origin')).toBeNull()
    expect(shown.headers.get('access-control-allow-origin')).toBe('*')
    expect(await keysOf(s3)).toEqual(['a', 'b'])
  })

  it('refuses preflights', async () => {
    const { s3 } = testS3({ cors })
    s3.fault({ effect: { kind: 'cors-off' } })
    const headers = { 'access-control-request-method': 'PUT' }
    const asked = new Request(await presigned('OPTIONS', 'a'), { headers })
    const { status } = await s3.fetch(asked, { origin })

    expect(status).toBe(403)
  })
})

describe('an empty answer', () => {
  for (const [title, effect, completes] of [
    ['after the work', { kind: 'empty-answer' }, true],
    ['in place of the work', { kind: 'empty-answer', work: 'skipped' }, false],
  ] as const) {
    it(`comes ${title}`, async () => {
      const { s3 } = testS3()
      const uploadId = await openUpload(s3)
      s3.fault({ operation: 'CompleteMultipartUpload', effect })
      const answer = await complete(s3, uploadId)

      expect([answer.status, await answer.text()]).toEqual([200, ''])
      expect(await keysOf(s3)).toEqual(completes ? ['a'] : [])
      expect(await s3.uploads('photos')).toHaveLength(completes ? 0 : 1)
    })
  }

  it('is no answer to a refusal', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'empty-answer' } })
    const answer = await complete(s3, 'unknown')

    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('<Code>NoSuchUpload</Code>')
  })
})

describe('the control operations of a multipart upload', () => {
  const refusal: FaultEffect = { kind: 'refuse', code: 'SlowDown' }
  for (const [operation, method, target] of [
    ['CreateMultipartUpload', 'POST', 'a?uploads'],
    ['ListParts', 'GET', 'a?uploadId=u'],
    ['CompleteMultipartUpload', 'POST', 'a?uploadId=u'],
    ['AbortMultipartUpload', 'DELETE', 'a?uploadId=u'],
    ['ListMultipartUploads', 'GET', '?uploads'],
    ['HeadObject', 'HEAD', 'a'],
  ] as const) {
    it(`can be refused and lost: ${operation}`, async () => {
      const { s3, events } = testS3()
      s3.fault({ operation, nth: 1, effect: refusal })
      s3.fault({ operation, nth: 2, effect: { kind: 'lose-answer' } })
      const refused = await s3.fetch(await presigned(method, target))

      expect(refused.status).toBe(503)
      await expect(s3.fetch(await presigned(method, target))).rejects.toThrow(TypeError)
      expect(events.map((event) => event.operation)).toEqual([operation, operation])
    })
  }
})

describe('over HTTP', () => {
  let running: RunningTestS3

  beforeEach(async () => {
    running = await startTestS3({ buckets: ['photos'], credentials })
  })

  afterEach(() => running.close())

  it('a slow line slows a large body down', async () => {
    running.s3.fault({
      effect: { kind: 'slow-line', bytesPerSecond: 80 * mebibyte, roundTripMs: 20 },
    })
    const start = performance.now()
    const status = await send(new Uint8Array(16 * mebibyte))

    expect(status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(210)
  })

  it('offline cuts a large body that is under way', async () => {
    running.s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: mebibyte } })
    const sent = send(new Uint8Array(16 * mebibyte))
    // By now the request has begun, also on a busy computer.
    setTimeout(() => running.s3.fault({ effect: { kind: 'offline' } }), 1500)

    await expect(sent).rejects.toThrow('fetch failed')
    expect(await keysOf(running.s3)).toEqual([])
  })

  it('an empty answer of a download is empty', async () => {
    await send('hello')
    running.s3.fault({ operation: 'GetObject', effect: { kind: 'empty-answer' } })
    const { url } = await presignedOverHttp(running, 'GET', 'a')

    expect(await (await fetch(url)).text()).toBe('')
    expect(await contentsOf(running.s3)).toEqual({ a: 'hello' })
  })

  async function send(body: string | Uint8Array<ArrayBuffer>): Promise<number> {
    const { url } = await presignedOverHttp(running, 'PUT', 'a')
    return (await fetch(url, { method: 'PUT', body: new Blob([body]) })).status
  }
})

describe('unfinished uploads', () => {
  it('are listed with their parts, and are no objects', async () => {
    const { s3 } = testS3()
    const uploadId = await openUpload(s3)

    expect(await s3.uploads('photos')).toEqual([
      {
        key: 'a',
        uploadId,
        contentType: 'binary/octet-stream',
        initiated: expect.any(Date),
        parts: [{ partNumber: 1, size: 5 }],
      },
    ])
    expect(await s3.objects('photos')).toEqual([] satisfies TestS3Object[])
  })

  it('are gone once they are completed or aborted', async () => {
    const { s3 } = testS3()
    await complete(s3, await openUpload(s3))
    const uploadId = await openUpload(s3)
    await s3.fetch(await presigned('DELETE', `a?uploadId=${uploadId}`))

    expect(await s3.uploads('photos')).toEqual([])
  })

  it('of no bucket are a mistake', async () => {
    const { s3 } = testS3()

    await expect(s3.uploads('videos')).rejects.toThrow('no bucket "videos"')
  })
})

type S3 = ReturnType<typeof testS3>['s3']

/** Begins an upload under the key `a` and sends its only part. */
async function openUpload(s3: S3): Promise<string> {
  const created = await (await s3.fetch(await presigned('POST', 'a?uploads'))).text()
  const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(created)?.[1] ?? ''
  const part = new TextEncoder().encode('hello')
  await s3.fetch(await presigned('PUT', `a?partNumber=1&uploadId=${uploadId}`, part))
  return uploadId
}

async function complete(s3: S3, uploadId: string): Promise<Response> {
  const etag = '5d41402abc4b2a76b9719d911017c592'
  const list = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"${etag}"</ETag></Part></CompleteMultipartUpload>`
  return s3.fetch(await presigned('POST', `a?uploadId=${uploadId}`, new TextEncoder().encode(list)))
}

function chunkedBody(chunks: number, chunkBytes: number) {
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

/** A body whose second chunk never comes. */
function endlessBody() {
  let pulled = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled += 1
        if (pulled > 1) return new Promise<void>(() => {})
        controller.enqueue(new Uint8Array(4))
        return undefined
      },
    },
    { highWaterMark: 0 },
  )
  return { body, pulled: () => pulled }
}
