import { expect, it } from 'vitest'
import { AbortQueue } from '../../../src/upload/endpoint/abort-queue.js'
import { defaultRetryPolicy } from '../../../src/upload/retry.js'
import { EndpointError } from '../../../src/upload/upload-error.js'
import { scriptEndpoint } from '../../support/scripted-endpoint.js'

function setUp(answer: (token: string, asked: number) => 'aborted' | EndpointError) {
  const requests: string[][] = []
  const queue = new AbortQueue({
    policy: { ...defaultRetryPolicy, sleep: async () => {} },
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
