import type { Random } from '../../support/random.js'
import type { Clock } from '../clock/clock.js'
import type { Fault } from '../scenario/scenario.js'
import type { FaultBook } from './fault-book.js'
import type { ObjectStorage } from './object-storage.js'
import { operationOf } from './operation-of.js'

/** What stands between a server and S3. */
interface ServerRequestsOptions {
  readonly clock: Clock
  readonly random: Random
  readonly faults: FaultBook
  readonly storage: ObjectStorage
  readonly isStorageDown: () => boolean
  /** Whether S3 does not answer an operation. */
  readonly isHanging: (operation: string) => boolean
  /** Says who sends a request just now. */
  readonly sender?: ((request: Request) => number | undefined) | undefined
}

/** Sends a server's own requests to S3, over a short and mostly reliable way. */
export function createServerFetch(options: ServerRequestsOptions) {
  // A request that is never answered hangs on its signal alone, which Node holds weakly: it could be collected as garbage.
  const pending = new Set<ServerRequest>()
  return async (request: Request): Promise<Response> => {
    const sent = new ServerRequest(options, request)
    pending.add(sent)
    try {
      return await sent.send()
    } finally {
      pending.delete(sent)
    }
  }
}

class ServerRequest {
  readonly #options: ServerRequestsOptions
  readonly #request: Request
  readonly #fault: Fault | undefined
  readonly #sender: number | undefined

  constructor(options: ServerRequestsOptions, request: Request) {
    this.#options = options
    this.#request = request
    this.#fault = options.faults.take('server', operationOf(request))
    this.#sender = options.sender?.(request)
  }

  async send(): Promise<Response> {
    const { random, isStorageDown, isHanging } = this.#options
    const kind = this.#fault?.kind
    await this.#wait(3 + random.share() * 10)
    if (kind === 'close-before') throw new TypeError('fetch failed')
    if (kind === 'late-delivery') this.#deliverLate()
    const isSilent = isHanging(operationOf(this.#request))
    if (isSilent || kind === 'stall' || kind === 'late-delivery')
      await this.#wait(Number.POSITIVE_INFINITY)
    if (kind === '503' || isStorageDown()) return refusal(503, 'SlowDown')
    if (kind === 'undone') return new Response(null, { status: 204 })
    if (kind === 'repeat') await this.#answer()
    const response = await this.#answer()
    if (kind === 'lose-answer') throw new TypeError('fetch failed')
    if (kind === 'delay') await this.#wait((this.#fault?.seconds ?? 1) * 1000)
    return kind === 'lag' ? await lagging(response) : response
  }

  /** S3 gets it some time later, when perhaps nobody waits any more. */
  #deliverLate(): void {
    const { clock } = this.#options
    const deliver = () => void this.#answer()
    clock.at((this.#fault?.seconds ?? 1) * 1000, deliver, { process: clock.world })
  }

  /** S3's answer, in a task of the server again. */
  #answer(): Promise<Response> {
    const { clock, storage } = this.#options
    const { process } = clock
    const request = this.#request.clone()
    return new Promise((resolve) => {
      storage.answer(
        () => request,
        clock.now,
        (response) => clock.at(1, () => resolve(response), { process }),
        this.#sender,
      )
    })
  }

  #wait(delayMs: number): Promise<void> {
    const { signal } = this.#request
    return new Promise((resolve, reject) => {
      const cancel =
        delayMs === Number.POSITIVE_INFINITY ? () => {} : this.#options.clock.at(delayMs, resolve)
      const stop = () => {
        cancel()
        reject(signal.reason)
      }
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop)
    })
  }
}

function refusal(status: number, code: string): Response {
  return new Response(`<Error><Code>${code}</Code><Message>Simulated.</Message></Error>`, {
    status,
  })
}

/** A list of parts as it was a moment before: without what came last. */
async function lagging(response: Response): Promise<Response> {
  const { status, headers } = response
  const text = await response.text()
  const earlier = text.replace(/<Part>(?:(?!<Part>).)*<\/Part>(?!.*<Part>)/s, '')
  return new Response(earlier, { status, headers })
}
