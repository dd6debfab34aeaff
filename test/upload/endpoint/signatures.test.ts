import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import type { FileDescription, SignedUpload } from '../../../src/protocol/operations.js'
import { type FileToSign, Signatures } from '../../../src/upload/endpoint/signatures.js'
import { EndpointError } from '../../../src/upload/errors/upload-error.js'
import { defaultRetryPolicy } from '../../../src/upload/retry/retry-policy.js'
import { scriptEndpoint } from '../../support/scripted-endpoint.js'

/** Signatures of files that are described as the test says, on a clock a hundred times as fast. */
function setUp() {
  const endpoint = scriptEndpoint()
  const unused: SignedUpload[] = []
  const clock = { sleptMs: 0 }
  const signatures = new Signatures({
    client: endpoint.client,
    policy: defaultRetryPolicy,
    runtime: {
      ...systemRuntime,
      wallNow: () => systemRuntime.wallNow() + clock.sleptMs,
      setTimer: (callback, delayMs) => systemRuntime.setTimer(callback, delayMs / 100),
    },
    signal: new AbortController().signal,
    onRetry: () => {},
    onUnused: (upload) => unused.push(upload),
  })
  const never = new AbortController().signal
  const take = (id: string, file: Partial<FileToSign> = {}) =>
    signatures.take({
      bytesToHash: 0,
      goesFirst: false,
      describe: async () => description(id),
      attempt: 1,
      waitSignal: never,
      signal: never,
      ...file,
    })
  const requests = () => endpoint.signRequests.map((files) => files.map(({ id }) => id))
  return { endpoint, clock, unused, take, requests }
}

const description = (id: string): FileDescription => ({
  id,
  name: id,
  type: 'text/plain',
  size: 5,
  relativePath: undefined,
  metadata: {},
})
const lost = () =>
  new EndpointError('Lost.', { code: 'endpoint-unreachable', status: 0, retryable: true })
const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}`)
const settled = () => new Promise((resolve) => setTimeout(resolve, 50))

it('come for twenty files at first, then for a hundred as long as fewer than fifty lie in stock', async () => {
  const { take, requests } = setUp()
  const taken = names(300).map((id) => take(id))

  await settled()
  expect(requests().map(({ length }) => length)).toEqual([20, 100])

  for (const signature of (await Promise.all(taken.slice(0, 120))).slice(0, 71)) signature.release()
  await settled()
  expect(requests().map(({ length }) => length)).toEqual([20, 100, 100])
})

it('come with the next batch for a file that goes first', async () => {
  const { take, requests } = setUp()
  const taken = names(200).map((id) => take(id))
  await settled()
  void take('large', { goesFirst: true })

  for (const signature of await Promise.all(taken.slice(0, 120))) signature.release()
  await settled()

  expect(requests()[2]?.slice(0, 2)).toEqual(['large', '120'])
})

it('come soon for the first of many files that have to be read', async () => {
  const { take, requests } = setUp()

  for (const id of names(5)) void take(id, { bytesToHash: 3 * 2 ** 20 })
  await settled()

  expect(requests()).toEqual([
    ['0', '1'],
    ['2', '3', '4'],
  ])
})

describe('a file', () => {
  it('whose bytes do not come lets the others go first, and follows when they come', async () => {
    const { take, requests } = setUp()
    let give = () => {}
    const late = new Promise<FileDescription>((resolve) => {
      give = () => resolve(description('late'))
    })
    const taken = take('late', { bytesToHash: 5, describe: () => late })
    await Promise.all([take('a'), take('b')])
    expect(requests()).toEqual([['a', 'b']])

    give()

    expect((await taken).upload.id).toBe('late')
    expect(requests()).toEqual([['a', 'b'], ['late']])
  })

  it('that cannot be described fails alone', async () => {
    const { take, requests } = setUp()
    const gone = new Error('gone')

    const [a, b] = await Promise.allSettled([
      take('a', { describe: async () => Promise.reject(gone) }),
      take('b'),
    ])

    expect([a, b]).toMatchObject([{ reason: gone }, { status: 'fulfilled' }])
    expect(requests()).toEqual([['b']])
  })

  it.each(['signal', 'waitSignal'] as const)(
    'that leaves by its %s while it is read is not signed',
    async (name) => {
      const { take, requests } = setUp()
      const leaving = new AbortController()
      let give = () => {}
      const read = new Promise<FileDescription>((resolve) => {
        give = () => resolve(description('a'))
      })
      const taken = take('a', { describe: () => read, [name]: leaving.signal })
      const other = take('b')
      await Promise.resolve()

      leaving.abort(new Error('left'))
      give()

      await expect(taken).rejects.toThrow('left')
      expect((await other).upload.id).toBe('b')
      expect(requests()).toEqual([['b']])
    },
  )

  it.each(['signal', 'waitSignal'] as const)(
    'that leaves by its %s while it is read holds no other up',
    async (name) => {
      const { take, requests } = setUp()
      const leaving = new AbortController()
      const never = new Promise<FileDescription>(() => {})
      const taken = take('a', { describe: () => never, [name]: leaving.signal })
      void taken.catch(() => undefined)
      void take('b')
      await Promise.resolve()

      leaving.abort(new Error('left'))
      await new Promise((resolve) => setTimeout(resolve))

      expect(requests()).toEqual([['b']])
    },
  )

  it('that pauses while its request waits to be sent again leaves at once', async () => {
    const { endpoint, take, requests } = setUp()
    const pausing = new AbortController()
    endpoint.onSign = () => {
      setTimeout(() => pausing.abort(new Error('paused')))
      throw new EndpointError('Busy.', { code: 'rate-limited', status: 429, retryable: true })
    }

    await expect(take('a', { waitSignal: pausing.signal })).rejects.toThrow('paused')
    expect(requests()).toEqual([['a']])
  })

  it('that pauses after an answer was lost gets its signature all the same', async () => {
    const { endpoint, take, requests } = setUp()
    const pausing = new AbortController()
    endpoint.onSign = () => {
      endpoint.onSign = () => {}
      setTimeout(() => pausing.abort(new Error('paused')))
      throw lost()
    }

    expect((await take('a', { waitSignal: pausing.signal })).upload.id).toBe('a')
    expect(requests()).toEqual([['a'], ['a']])
  })

  it('that is cancelled after an answer was lost is asked for again, for the server to take back', async () => {
    const { endpoint, take, unused, requests } = setUp()
    const cancelling = new AbortController()
    endpoint.onSign = () => {
      endpoint.onSign = () => {}
      setTimeout(() => cancelling.abort(new Error('cancelled')))
      throw lost()
    }

    await expect(take('a', { signal: cancelling.signal })).rejects.toThrow('cancelled')

    await vi.waitFor(() => expect(unused).toMatchObject([{ id: 'a' }]))
    expect(requests()).toEqual([['a'], ['a']])
  })

  it('that is cancelled while it is signed leaves a signature for the server to take back', async () => {
    const { endpoint, take, unused } = setUp()
    const cancelling = new AbortController()
    endpoint.onSign = () => cancelling.abort(new Error('cancelled'))

    await expect(take('a', { signal: cancelling.signal })).rejects.toThrow('cancelled')

    await vi.waitFor(() => expect(unused).toMatchObject([{ id: 'a' }]))
  })

  it('that pauses while it is signed gets its signature', async () => {
    const { endpoint, take, unused } = setUp()
    const pausing = new AbortController()
    endpoint.onSign = () => pausing.abort(new Error('paused'))

    expect((await take('a', { waitSignal: pausing.signal })).upload.id).toBe('a')
    expect(unused).toEqual([])
  })
})

it('live from when they were asked for, though the computer sleeps while the answer waits', async () => {
  const { endpoint, clock, take } = setUp()
  endpoint.onSign = () => {
    clock.sleptMs += 590_000
  }

  const signature = await take('a')

  expect(signature.upload.expiresInSeconds).toBe(600)
  expect(signature.isFresh()).toBe(false)
})
