import fc from 'fast-check'
import { createFuzzedHandler } from './fuzzed-handler.js'
import { anyMalformedRequest, type Malformation, malformedRequest } from './malformed-request.js'

/** How many malformed requests, and which. */
export interface RequestFuzz {
  readonly count: number
  readonly seed: number
  /** @default all */
  readonly malformation?: Malformation
}

/**
 * Sends malformed requests to a handler of POST and one of PUT; says how many were answered with a signature.
 *
 * @throws Error with the seed when an answer is not one of the protocol, or what is signed outside its rules.
 */
export async function fuzzRequests({
  count,
  seed,
  malformation,
}: RequestFuzz): Promise<{ readonly signed: number }> {
  const handlers = { POST: createFuzzedHandler('POST'), PUT: createFuzzedHandler('PUT') }
  const request = malformation ? malformedRequest(malformation) : anyMalformedRequest
  const property = fc.asyncProperty(
    fc.constantFrom('POST', 'PUT'),
    request,
    async (method, drawn) => {
      const fault = await handlers[method].faultOf(drawn)
      if (fault !== undefined) throw new Error(`${drawn.malformation}: ${fault}`)
    },
  )
  // What the bucket has become by the requests before belongs to a failure, so none is made smaller.
  await fc.assert(property, { numRuns: count, seed, endOnFailure: true })
  return { signed: handlers.POST.signed + handlers.PUT.signed }
}
