import { request } from 'node:http'
import type { FaultEffect, TestS3RequestEvent } from 's3-direct-upload/testing'
import type { RunningTestS3 } from 's3-direct-upload/testing/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestS3On } from '../../../../src/testing/node/start-test-s3.js'
import { VirtualClock } from '../../../support/virtual-clock.js'
import { contentsOf, credentials, keysOf } from '../../s3/faults/faulty-s3.js'
import { presigned as presignedOverHttp } from '../signed-requests.js'

const mebibyte = 1024 * 1024
const refusal: FaultEffect = { kind: 'refuse', code: 'SlowDown' }

describe('a fault over HTTP', () => {
  let running: RunningTestS3
  let events: TestS3RequestEvent[]
  let clock: VirtualClock

  beforeEach(async () => {
    events = []
    const onRequest = (event: TestS3RequestEvent) => events.push(event)
    clock = new VirtualClock()
    running = await startTestS3On(clock.runtime, { buckets: ['photos'], credentials, onRequest })
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

    await expect(send(new Uint8Array(16 * mebibyte))).rejects.toThrow('fetch failed')
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
    const { failure } = await begin(new Uint8Array(50_000), 16 * mebibyte)
    await send()
    await running.s3.reset()

    expect(await failure).toMatchObject({ code: 'ECONNRESET' })
    expect(await send()).toBe(200)
  })

  it('lets the server close while a request is stalled', async () => {
    running.s3.fault({ nth: 1, effect: { kind: 'stall-after', bytes: 1000 } })
    const { failure } = await begin(new Uint8Array(50_000), 16 * mebibyte)
    await send()
    await running.close()

    expect(await failure).toMatchObject({ code: 'ECONNRESET' })
    expect(events.map(({ status, fault }) => [status, fault])).toEqual([
      [200, undefined],
      [0, 'stall-after'],
    ])
  })

  it('delays an answer no longer than the server runs', async () => {
    running.s3.fault({ nth: 1, effect: { kind: 'delay', delayMs: 1_000_000 } })
    const { failure } = await begin('hello')
    await send()
    await running.close()

    expect(await failure).toMatchObject({ code: 'ECONNRESET' })
  })

  it('slows a large body down on a slow line', async () => {
    running.s3.fault({
      effect: { kind: 'slow-line', bytesPerSecond: 80 * mebibyte, roundTripMs: 20 },
    })
    const status = await clock.until(send(new Uint8Array(16 * mebibyte)))

    expect(status).toBe(200)
    expect(clock.now).toBeGreaterThan(210)
  })

  it('cuts a large body that is under way when the line is offline', async () => {
    running.s3.fault({ effect: { kind: 'slow-line', bytesPerSecond: mebibyte } })
    const sent = send(new Uint8Array(16 * mebibyte))
    await clock.whenWaitedFor()
    running.s3.fault({ effect: { kind: 'offline' } })

    await expect(sent).rejects.toThrow('fetch failed')
    expect(await keysOf(running.s3)).toEqual([])
  })

  it('empties the answer of a download', async () => {
    await send('hello')
    running.s3.fault({ operation: 'GetObject', effect: { kind: 'empty-answer' } })
    const { url } = await presignedOverHttp(running, 'GET', 'a')

    expect(await (await fetch(url)).text()).toBe('')
    expect(await contentsOf(running.s3)).toEqual({ a: 'hello' })
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
