import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import type { DownloadDescription } from '../../../src/protocol/operations.js'
import { createDownloadSigner } from '../../../src/upload/endpoint/downloads.js'

const runtime = {
  ...systemRuntime,
  sleep: async () => {},
  random: () => 0.5,
}
const signed = (key: string) => ({ key, url: `https://bucket.test/${key}`, expiresInSeconds: 900 })
const refusal = (code: string, retryable: boolean) => ({
  error: { code, message: code, retryable },
})

/** A signer, and an endpoint that answers each file of each request as the test says. */
function setUp(answer: (key: string, asked: number) => unknown = signed) {
  const requests: string[][] = []
  const fetch = vi.fn(async (_url: unknown, init?: RequestInit) => {
    const { files } = JSON.parse(String(init?.body)) as { files: { key: string }[] }
    const keys = files.map(({ key }) => key)
    requests.push(keys)
    const answers = keys.map((key) => answer(key, requests.length))
    const whole = answers.find((one) => one instanceof Response)
    return whole instanceof Response ? whole.clone() : Response.json({ files: answers })
  })
  const sign = createDownloadSigner(runtime)
  const options = { endpoint: '/api/s3', fetch: fetch as typeof globalThis.fetch }
  return {
    requests,
    fetch,
    options,
    ask: (file: DownloadDescription, more = {}) => sign(file, { ...options, ...more }),
  }
}

describe('downloads that are asked for at the same moment', () => {
  it('share one request, and each gets its own URL', async () => {
    const { ask, requests } = setUp()

    const urls = await Promise.all(['a', 'b', 'c'].map(async (key) => (await ask({ key })).url))

    expect(requests).toEqual([['a', 'b', 'c']])
    expect(urls).toEqual([
      'https://bucket.test/a',
      'https://bucket.test/b',
      'https://bucket.test/c',
    ])
  })

  it('take several requests when they are more than a hundred', async () => {
    const { ask, requests } = setUp()

    await Promise.all(Array.from({ length: 230 }, (_, index) => ask({ key: `${index}` })))

    expect(requests.map(({ length }) => length)).toEqual([100, 100, 30])
  })

  it('share none with those of another endpoint or with other headers', async () => {
    const { ask, requests } = setUp()

    await Promise.all([
      ask({ key: 'a' }, { headers: { 'x-user': 'ada' } }),
      ask({ key: 'b' }, { headers: { 'x-user': 'ada' } }),
      ask({ key: 'c' }, { headers: { 'x-user': 'grace' } }),
      ask({ key: 'd' }, { endpoint: '/api/other' }),
    ])

    expect(requests).toEqual([['a', 'b'], ['c'], ['d']])
  })

  it('fail alone', async () => {
    const { ask } = setUp((key) => (key === 'b' ? refusal('forbidden', false) : signed(key)))

    const [a, b] = await Promise.allSettled([ask({ key: 'a' }), ask({ key: 'b' })])

    expect(a).toMatchObject({ status: 'fulfilled' })
    expect(b).toMatchObject({ reason: { name: 'EndpointError', code: 'forbidden', status: 403 } })
  })
})

describe('a failure that may pass', () => {
  it('of one file is tried again for that file', async () => {
    const { ask, requests } = setUp((key, asked) =>
      key === 'b' && asked < 3 ? refusal('storage-error', true) : signed(key),
    )

    await Promise.all([ask({ key: 'a' }), ask({ key: 'b' })])

    expect(requests).toEqual([['a', 'b'], ['b'], ['b']])
  })

  it('of the request is tried again for all', async () => {
    const { ask, requests } = setUp((key, asked) =>
      asked === 1 ? new Response('<h1>Bad gateway</h1>', { status: 502 }) : signed(key),
    )

    await Promise.all([ask({ key: 'a' }), ask({ key: 'b' })])

    expect(requests).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
  })

  it('and does not is told within half a minute, offline too', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    const { ask, fetch } = setUp()
    fetch.mockRejectedValue(new TypeError('Failed to fetch'))

    await expect(ask({ key: 'a' })).rejects.toMatchObject({ code: 'endpoint-unreachable' })
    expect(fetch.mock.calls.length).toBeGreaterThan(2)
    expect(fetch.mock.calls.length).toBeLessThan(20)
    vi.unstubAllGlobals()
  })
})

it('lets somebody sign in again, once for all that are asked for meanwhile', async () => {
  const session = { isValid: false }
  const { ask, requests } = setUp((key) =>
    session.isValid ? signed(key) : Response.json(refusal('unauthorized', false), { status: 401 }),
  )
  const onUnauthorized = vi.fn(async () => {
    session.isValid = true
  })

  await Promise.all([
    ask({ key: 'a' }, { onUnauthorized }),
    ask({ key: 'b' }, { onUnauthorized, headers: { 'x-page': '2' } }),
  ])

  expect(onUnauthorized).toHaveBeenCalledOnce()
  expect(requests.slice(-2).flat().sort()).toEqual(['a', 'b'])
})

it('takes no answer for another file', async () => {
  const { ask } = setUp(() => signed('another'))

  await expect(ask({ key: 'a' })).rejects.toMatchObject({ code: 'endpoint-answer' })
})
