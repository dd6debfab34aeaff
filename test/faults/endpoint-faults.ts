import { createRandom } from '../support/random.js'

/** How a signing endpoint misbehaves. */
export interface EndpointFaultsOptions {
  readonly seed: number
  /** The share of requests that are hit. */
  readonly rate: number
  /** How many are hit in all. */
  readonly limit: number
}

/** What happens to one request of the signing endpoint. */
export type EndpointFault =
  | 'bad-gateway'
  | 'too-many-requests'
  | 'close-before'
  | 'lose-answer'
  | 'cut-answer'
  | 'delay'

/** Decides what happens to each request, and remembers it. */
export interface EndpointFaults {
  readonly injected: string[]
  next(): EndpointFault | undefined
}

const kinds = [
  'bad-gateway',
  'too-many-requests',
  'close-before',
  'lose-answer',
  'cut-answer',
  'delay',
] as const

export function createEndpointFaults({ seed, rate, limit }: EndpointFaultsOptions): EndpointFaults {
  const injected: string[] = []
  let requests = 0
  return {
    injected,
    next() {
      requests += 1
      const random = createRandom(`endpoint ${seed} ${requests}`)
      if (!random.chance(rate) || injected.length >= limit) return undefined
      const fault = random.pick(kinds)
      injected.push(`endpoint request ${requests}: ${fault}`)
      return fault
    },
  }
}
