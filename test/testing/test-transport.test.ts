import { createTestTransport, type FaultRule } from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'
import { createTestTransportOn } from '../../src/testing/test-transport.js'
import { VirtualClock } from '../support/virtual-clock.js'
import { keysOf, presigned, type S3, testS3 } from './s3/faults/faulty-s3.js'

describe('the test transport', () => {
  it('gives a lost answer as a network error', async () => {
    const { s3 } = testS3()
    s3.fault({ effect: { kind: 'lose-answer' } })

    await expect(transported(s3, new AbortController().signal)).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'network',
      retryable: true,
    })
    expect(await keysOf(s3)).toEqual(['a'])
  })

  it('ends when the upload is cancelled', async () => {
    const { s3 } = testS3()
    const reason = new Error('cancelled')
    const client = new AbortController()
    const effect: FaultRule['effect'] = () => {
      queueMicrotask(() => client.abort(reason))
      return { kind: 'stall-after', bytes: 0 }
    }
    s3.fault({ effect })

    await expect(transported(s3, client.signal)).rejects.toBe(reason)
  })

  it('takes the time of its line on the clock of its caller', async () => {
    const { s3 } = testS3()
    const { url } = await presigned('PUT', 'a')
    const clock = new VirtualClock()
    const line = { bytesPerSecond: 1000, roundTripMs: 100 }
    const progress: number[] = []

    const sent = createTestTransportOn(clock.runtime, s3, line).send({
      method: 'PUT',
      url,
      headers: {},
      body: new Blob(['x'.repeat(200)]),
      signal: new AbortController().signal,
      onProgress: (bytes) => progress.push(bytes),
    })

    expect(await clock.until(sent)).toMatchObject({ status: 200 })
    expect(progress).toEqual([50, 100, 150, 200])
    expect(clock.now).toBe(300)
  })
})

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
