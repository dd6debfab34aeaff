import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { Aborts } from '../../../src/upload/endpoint/aborts.js'
import { EndpointError } from '../../../src/upload/errors/upload-error.js'
import { defaultRetryPolicy } from '../../../src/upload/retry/retry-policy.js'
import { scriptEndpoint } from '../../support/scripted-endpoint.js'

function setUp(answer: (token: string, asked: number) => 'aborted' | EndpointError) {
  const requests: string[][] = []
  const queue = new Aborts({
    policy: defaultRetryPolicy,
    runtime: { ...systemRuntime, sleep: async () => {} },
    client: {
      ...scriptEndpoint().client,
      async abortUploads(tokens) {
        requests.push([...tokens])
        return tokens.map((id) => {
          const state = answer(id, requests.length)
          if (state === 'aborted') return { id, state }
          const { code, message, retryable } = state
          return { id, error: { code, message, retryable } }
        })
      },
    },
  })
  return { queue, requests }
}

const busy = new EndpointError('Busy.', { code: 'storage-error', status: 502, retryable: true })
const refused = new EndpointError('No.', { code: 'forbidden', status: 403, retryable: false })
const expired = new EndpointError('Old.', { code: 'expired-token', status: 403, retryable: false })

it('gives up more uploads than fit into a request by several requests', async () => {
  const { queue, requests } = setUp(() => 'aborted')

  const gone = await Promise.all(Array.from({ length: 230 }, (_, index) => queue.abort(`${index}`)))

  expect(gone.every(Boolean)).toBe(true)
  expect(requests.map((tokens) => tokens.length)).toEqual([100, 100, 30])
})

it('asks again for those alone that the storage was too busy for', async () => {
  const { queue, requests } = setUp((token, asked) =>
    token === 'b' && asked < 3 ? busy : 'aborted',
  )

  const gone = await Promise.all([queue.abort('a'), queue.abort('b')])

  expect(gone).toEqual([true, true])
  expect(requests).toEqual([['a', 'b'], ['b'], ['b']])
})

it.each([
  ['that the server refuses is left to somebody else', refused, false],
  ['that is too old to be asked for is done with', expired, true],
  ['that the storage never gets rid of is left to somebody else', busy, false],
])('an upload %s', async (_what, error, isGone) => {
  const { queue } = setUp(() => error)

  expect(await queue.abort('a')).toBe(isGone)
})

describe('while the storage is down', () => {
  /** A queue on a clock that only waiting moves, and the times at which it asked. */
  function onClock(answer: () => 'aborted' | EndpointError, budgetSeconds = 300) {
    const clock = { ms: 0 }
    const askedAt: number[] = []
    const queue = new Aborts({
      policy: { budgetSeconds },
      runtime: {
        ...systemRuntime,
        random: () => 0.3,
        now: () => clock.ms,
        sleep: async (ms) => {
          clock.ms += ms
        },
      },
      client: {
        ...scriptEndpoint().client,
        async abortUploads(tokens) {
          askedAt.push(clock.ms / 1000)
          const state = answer()
          if (state !== 'aborted') throw state
          return tokens.map((id) => ({ id, state }))
        },
      },
    })
    return { queue, askedAt, clock }
  }

  it('goes on asking for as long as all other work', async () => {
    const { queue, askedAt } = onClock(() => busy)

    expect(await queue.abort('a')).toBe(false)
    expect(askedAt.at(-1)).toBeGreaterThan(280)
    expect(askedAt.at(-1)).toBeLessThanOrEqual(300)
  })

  it('gives the upload up when the storage is back after four minutes', async () => {
    const { queue, clock } = onClock(() => (clock.ms < 240_000 ? busy : 'aborted'))

    expect(await queue.abort('a')).toBe(true)
  })

  it('takes no longer than the app lets it', async () => {
    const { queue, askedAt } = onClock(() => busy, 10)

    expect(await queue.abort('a')).toBe(false)
    expect(askedAt.at(-1)).toBeLessThanOrEqual(10)
  })

  it('asks again after an answer that is not the endpoint’s', async () => {
    let asked = 0
    const login = new EndpointError('A page.', {
      code: 'endpoint-answer',
      status: 200,
      retryable: false,
    })
    const { queue } = onClock(() => (++asked < 3 ? login : 'aborted'))

    expect(await queue.abort('a')).toBe(true)
    expect(asked).toBe(3)
  })
})
