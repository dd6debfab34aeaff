import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { beginSession, createAskEndpoint } from '../../../src/upload/endpoint/ask-endpoint.js'
import { BatchQueue } from '../../../src/upload/endpoint/batch-queue.js'
import { createUploadClient } from '../../../src/upload/endpoint/upload-client.js'
import { EndpointError, isUploadError } from '../../../src/upload/errors/upload-error.js'

type Options = ConstructorParameters<typeof BatchQueue<string, { of: string }, string>>[0]

/** A queue of names, each answered with its own; a wait is over when the test says so. */
function setUp(options: Partial<Options> = {}) {
  const requests: string[][] = []
  const waits: { readonly ms: number; readonly end: () => void }[] = []
  const end = new AbortController()
  const queue = new BatchQueue<string, { of: string }, string>({
    policy: { budgetSeconds: 300 },
    runtime: {
      ...systemRuntime,
      now: () => 0,
      random: () => 1,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          waits.push({ ms, end: resolve })
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    },
    signal: end.signal,
    wait: () => 'now',
    decide: (_item, answer) => (isUploadError(answer) ? { retry: answer } : { done: answer.of }),
    ...options,
    async send(items) {
      requests.push([...items])
      return (await options.send?.(items)) ?? items.map((of) => ({ of }))
    },
  })
  return { queue, requests, waits, end }
}

const busy = new EndpointError('Busy.', { code: 'rate-limited', status: 429, retryable: true })
const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}`)
const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('items that are asked for', () => {
  it('in the same task share a request, and get their answers in order', async () => {
    const { queue, requests } = setUp()

    const answers = await Promise.all(['a', 'b', 'c'].map((name) => queue.ask(name)))

    expect([requests, answers]).toEqual([[['a', 'b', 'c']], ['a', 'b', 'c']])
  })

  it('while a request is in flight go out without waiting for its answer', async () => {
    const answer: (() => void)[] = []
    const { queue, requests } = setUp({
      send: (items) =>
        new Promise((resolve) => answer.push(() => resolve(items.map((of) => ({ of }))))),
    })
    const first = queue.ask('a')
    await settled()
    const second = queue.ask('b')
    await settled()

    expect(requests).toEqual([['a'], ['b']])
    for (const give of answer.reverse()) give()
    expect(await Promise.all([first, second])).toEqual(['a', 'b'])
  })

  it('fill requests of a hundred', async () => {
    const { queue, requests } = setUp()

    await Promise.all(names(230).map((name) => queue.ask(name)))

    expect(requests.map(({ length }) => length)).toEqual([100, 100, 30])
  })

  it('wait as long as they are told, anew with each that joins, and no longer when all are there', async () => {
    vi.useFakeTimers()
    const { queue, requests } = setUp({
      wait: ({ waiting }) => (waiting.length === 3 ? 'now' : 500),
      runtime: systemRuntime,
    })
    void queue.ask('a')
    await vi.advanceTimersByTimeAsync(400)
    void queue.ask('b')
    await vi.advanceTimersByTimeAsync(499)
    expect(requests).toEqual([])

    void queue.ask('c')
    await vi.advanceTimersByTimeAsync(0)

    expect(requests).toEqual([['a', 'b', 'c']])
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  it('go out when nothing joins them', async () => {
    vi.useFakeTimers()
    const { queue, requests } = setUp({ wait: () => 500, runtime: systemRuntime })
    void queue.ask('a')

    await vi.advanceTimersByTimeAsync(500)

    expect(requests).toEqual([['a']])
    vi.useRealTimers()
  })

  it('that are full wait for nothing', async () => {
    const { queue, requests } = setUp({ wait: () => 1e9, batchSize: 2 })

    for (const name of names(5)) void queue.ask(name)
    await settled()

    expect(requests).toEqual([
      ['0', '1'],
      ['2', '3'],
    ])
  })
})

describe('what has to be asked for again', () => {
  it('goes together after the longest wait, with what has joined meanwhile', async () => {
    const waitOf: Record<string, number> = { a: 2000, b: 7000 }
    const { queue, requests, waits } = setUp({
      decide(item, answer) {
        if (isUploadError(answer)) return { failed: answer }
        const ms = waitOf[item]
        delete waitOf[item]
        return ms === undefined ? { done: answer.of } : { again: ms }
      },
    })
    const all = Promise.all(['a', 'b', 'c'].map((name) => queue.ask(name)))
    await settled()
    expect(waits.map(({ ms }) => ms)).toEqual([7000])

    const joined = queue.ask('d')
    await settled()
    waits[0]?.end()

    expect(await all).toEqual(['a', 'b', 'c'])
    expect(await joined).toBe('d')
    expect(requests).toEqual([['a', 'b', 'c'], ['d'], ['a', 'b']])
  })

  it('is asked for once more when its request failed as a whole, and says why it waits', async () => {
    const told: (string | undefined)[] = []
    let failures = 0
    const { queue, requests, waits } = setUp({
      onRetry: (error) => told.push(error?.code),
      send: async (items) => {
        failures += 1
        if (failures < 3) throw busy
        return items.map((of) => ({ of }))
      },
    })
    const both = Promise.all(['a', 'b'].map((name) => queue.ask(name)))
    for (const index of [0, 1]) {
      await vi.waitFor(() => expect(waits).toHaveLength(index + 1))
      waits[index]?.end()
    }

    expect(await both).toEqual(['a', 'b'])
    expect(requests).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ])
    expect(waits.map(({ ms }) => ms)).toEqual([1000, 2000])
    expect(told).toEqual(['rate-limited', 'rate-limited', undefined])
  })

  it('fails with the last error when its budget is used up', async () => {
    const { queue, requests } = setUp({
      policy: { budgetSeconds: 0 },
      send: async () => Promise.reject(busy),
    })

    await expect(queue.ask('a')).rejects.toBe(busy)
    expect(requests).toHaveLength(1)
  })

  it('costs nothing of the budget while the browser is offline', async () => {
    const { queue, waits, requests } = setUp({
      policy: { budgetSeconds: 0 },
      runtime: { ...systemRuntime, isOnline: () => false, sleep: async () => {} },
      send: async (items) => {
        if (requests.length < 20) {
          throw new EndpointError('Gone.', {
            code: 'endpoint-unreachable',
            status: 0,
            retryable: true,
          })
        }
        return items.map((of) => ({ of }))
      },
    })

    expect(await queue.ask('a')).toBe('a')
    expect(waits).toEqual([])
  })

  it.each([
    ['counts', false, 1],
    ['does not count', true, 2],
  ])('after a long attempt %s it', async (_what, isPatient, times) => {
    let ms = 0
    const { queue, requests } = setUp({
      isPatient,
      policy: { budgetSeconds: 25 },
      runtime: {
        ...systemRuntime,
        now: () => ms,
        random: () => 1,
        sleep: async () => {},
      },
      send: async (items) => {
        ms += 60_000
        if (requests.length === 1) throw busy
        return items.map((of) => ({ of }))
      },
    })

    await queue.ask('a').catch(() => undefined)

    expect(requests).toHaveLength(times)
  })
})

describe('an answer', () => {
  it('that is a refusal of one item concerns this item alone', async () => {
    const { queue } = setUp({
      decide: (_item, answer) => (isUploadError(answer) ? { failed: answer } : { done: answer.of }),
      send: async () => [
        { error: { code: 'forbidden', message: 'No.', retryable: false } },
        { of: 'b' },
      ],
    })

    const [a, b] = await Promise.allSettled([queue.ask('a'), queue.ask('b')])

    expect(a).toMatchObject({ reason: { code: 'forbidden', concerns: 'file' } })
    expect(b).toMatchObject({ value: 'b' })
  })

  it('that is missing fails its item, and one too many is nobody’s', async () => {
    const { queue } = setUp({
      send: async ([first]) => (first === 'a' ? [{ of: 'a' }] : names(2).map((of) => ({ of }))),
    })

    const [a, b] = await Promise.allSettled([queue.ask('a'), queue.ask('b')])

    expect(a).toMatchObject({ value: 'a' })
    expect(b).toMatchObject({ reason: { code: 'unexpected' } })
    expect(await queue.ask('c')).toBe('0')
  })

  it.each<[string, Partial<Options>]>([
    [
      'cannot be asked for, by an error of our own',
      {
        send: () => {
          throw new TypeError('x')
        },
      },
    ],
    [
      'cannot be decided',
      {
        decide: () => {
          throw new TypeError('x')
        },
      },
    ],
  ])('that %s fails every item at once', async (_what, options) => {
    const { queue, requests } = setUp(options)

    const both = await Promise.allSettled([queue.ask('a'), queue.ask('b')])

    expect(both).toMatchObject([
      { reason: { code: 'unexpected' } },
      { reason: { code: 'unexpected' } },
    ])
    expect(requests).toHaveLength(1)
  })

  it('comes although who hears of it throws, which surfaces as uncaught', async () => {
    const uncaught: unknown[] = []
    vi.stubGlobal('queueMicrotask', (work: () => void) => {
      void Promise.resolve()
        .then(work)
        .catch((error: unknown) => uncaught.push(error))
    })
    const { queue } = setUp({
      onRetry() {
        throw new Error('The page erred.')
      },
    })

    expect(await queue.ask('a')).toBe('a')
    await vi.waitFor(() => expect(uncaught).toMatchObject([{ message: 'The page erred.' }]))
    vi.unstubAllGlobals()
  })
})

describe('an item that is withdrawn', () => {
  const gone = new Error('gone')

  it.each([
    ['while it waits for others', { wait: () => 1e9 }, 0],
    ['while it waits to be asked for again', { send: async () => Promise.reject(busy) }, 1],
  ])('%s fails at once and is not asked for', async (_when, options, times) => {
    const { queue, requests, waits } = setUp(options)
    const withdrawal = new AbortController()
    const asked = queue.ask('a', withdrawal.signal)
    void asked.catch(() => undefined)
    await settled()

    withdrawal.abort(gone)

    await expect(asked).rejects.toBe(gone)
    for (const { end } of waits) end()
    await settled()
    expect(requests).toHaveLength(times)
  })

  it.each([
    ['gets an answer', async () => [{ of: 'a' }], { value: 'a' }],
    ['is not asked for again', async () => Promise.reject(busy), { reason: gone }],
  ])('in flight %s', async (_what, answer, expected) => {
    const withdrawal = new AbortController()
    const { queue, requests } = setUp({
      async send() {
        withdrawal.abort(gone)
        return await answer()
      },
    })

    const [result] = await Promise.allSettled([queue.ask('a', withdrawal.signal)])

    expect(result).toMatchObject(expected)
    expect(requests).toHaveLength(1)
  })

  it('before it joins is never asked for', async () => {
    const { queue, requests } = setUp()

    await expect(queue.ask('a', AbortSignal.abort(gone))).rejects.toBe(gone)
    await settled()

    expect(requests).toEqual([])
  })

  it('leaves those with it alone', async () => {
    const { queue, requests } = setUp()
    const withdrawal = new AbortController()
    const a = queue.ask('a', withdrawal.signal)
    const b = queue.ask('b')

    withdrawal.abort(gone)

    await expect(a).rejects.toBe(gone)
    expect(await b).toBe('b')
    expect(requests).toEqual([['b']])
  })
})

describe('the end of the queue', () => {
  const gone = new Error('gone')

  it('fails all that wait, and all that wait to be asked for again', async () => {
    const { queue, requests, waits, end } = setUp({
      wait: ({ waiting }) => (waiting.includes('b') ? 1e9 : 'now'),
      send: async () => Promise.reject(busy),
    })
    const a = queue.ask('a')
    void a.catch(() => undefined)
    await vi.waitFor(() => expect(waits).toHaveLength(1))
    const b = queue.ask('b')
    await settled()

    end.abort(gone)

    expect(await Promise.allSettled([a, b, queue.ask('c')])).toEqual(
      names(3).map(() => ({ status: 'rejected', reason: gone })),
    )
    expect(requests).toEqual([['a']])
  })
})

it('a request that is too large goes in halves, and the answers stay in order', async () => {
  const sizes: number[] = []
  const client = createUploadClient(
    createAskEndpoint(
      () => ({
        endpoint: 'https://app.test/api',
        async fetch(_url, init) {
          const { tokens } = JSON.parse(String(init?.body)) as { tokens: string[] }
          sizes.push(tokens.length)
          if (tokens.length > 2) return new Response('Too large.', { status: 413 })
          return Response.json({ uploads: tokens.map((id) => ({ id, state: 'aborted' })) })
        },
      }),
      beginSession(systemRuntime),
    ),
  )
  const { signal } = new AbortController()
  const { queue } = setUp({
    send: async (items) =>
      (await client.abortUploads(items, { signal })).map((answer) =>
        'error' in answer ? answer : { of: answer.id },
      ),
  })

  const answers = await Promise.all(names(5).map((name) => queue.ask(name)))

  expect(answers).toEqual(names(5))
  expect(sizes).toEqual([5, 3, 2, 1, 2])
})
