import { describe, expect, it } from 'vitest'
import { fuzzConnections } from '../fuzz/fuzz-connections.js'
import { fuzzRequests } from '../fuzz/fuzz-requests.js'
import { malformations } from '../fuzz/malformed-request.js'

const seed = 20_260_304

describe('a malformed request is answered as the protocol says, and nothing is signed outside the rules', () => {
  it.each(malformations)('with %s', { timeout: 60_000 }, async (malformation) => {
    const count = malformation.includes('good body') ? 300 : 150
    const { signed } = await fuzzRequests({ count, seed, malformation })

    expect(signed > 0).toBe(malformation.includes('good body') || malformation.includes('method'))
  })
})

describe('a hostile connection', () => {
  it.each(['handler', 's3'] as const)(
    'leaves the server at work: %s',
    { timeout: 60_000 },
    async (target) => {
      const { problems, statuses } = await fuzzConnections({ target, count: 120, seed })

      expect(problems).toEqual([])
      expect(statuses[200]).toBeGreaterThan(0)
    },
  )
})
