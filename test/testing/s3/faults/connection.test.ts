import { describe, expect, it } from 'vitest'
import { keysOf, presigned, put, testS3, timedS3 } from './faulty-s3.js'

const mebibyte = 1024 * 1024

describe('a fault', () => {
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
    const { s3, clock } = timedS3()
    s3.fault({ nth: 1, effect: { kind: 'delay', delayMs: 50 } })
    const { status } = await clock.until(s3.fetch(await put('a')))

    expect(status).toBe(200)
    expect(clock.now).toBe(50)
  })

  it('delays no longer than the client waits', async () => {
    const { s3, clock } = timedS3()
    const client = new AbortController()
    s3.fault({ effect: { kind: 'delay', delayMs: 1_000_000 } })
    const answer = s3.fetch(await put('a'), { signal: client.signal })
    await clock.whenWaitedFor()
    client.abort(new DOMException('The client has left.', 'TimeoutError'))

    await expect(answer).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' }))
  })
})

describe('a share of the body', () => {
  it('closes after it', async () => {
    const { s3, events } = testS3()
    s3.fault({ effect: { kind: 'close-after', fraction: 0.5 } })
    const { body, pulled } = countedBody({ chunks: 10, chunkBytes: 4 })
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
    const { s3, clock } = timedS3()
    s3.fault({ nth: 1, effect: { kind: 'delay', delayMs: 30 } })
    const sent = s3.fetch(await put('a'))
    await clock.whenWaitedFor()
    s3.fault({ key: 'b', effect: { kind: 'offline' } })

    expect((await clock.until(sent)).status).toBe(200)
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
