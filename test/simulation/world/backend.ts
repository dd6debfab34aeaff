import { createRandom, type Random } from '../../support/random.js'
import type { Clock } from '../clock/clock.js'
import { createVirtualRuntime } from '../clock/virtual-runtime.js'
import type { ServerFacts } from '../scenario/scenario.js'
import { CredentialSeries } from './credentials.js'
import type { FaultBook } from './fault-book.js'
import { ObjectStorage, type SeenRequest } from './object-storage.js'
import { createServerFetch } from './server-requests.js'
import { type AppOptions, Servers } from './servers.js'
import type { Sights } from './sights.js'

/** What a backend is built into, and what it is. */
interface BackendOptions {
  readonly clock: Clock
  readonly seed: number
  readonly facts: ServerFacts
  readonly faults: FaultBook
  readonly sights: Sights
  readonly app: AppOptions
  /** Sends a request to S3 in the name of the page's request that a server works on. */
  readonly sendFor?: (received: Request, send: () => Promise<Response>) => Promise<Response>
  /** Says who sends a request to S3 just now. */
  readonly sender?: (request: Request) => number | undefined
  readonly onStorageRequest?: (request: SeenRequest) => void
}

/** What stands behind the endpoint in one run: the servers, their way to S3, and the bucket. */
export class Backend {
  readonly storage: ObjectStorage
  readonly servers: Servers
  /** How many things that make S3 unreachable last at the moment. */
  storageTroubles = 0
  readonly #faults: FaultBook
  #hanging: string | undefined

  constructor(options: BackendOptions) {
    const { clock, seed, facts, faults, sights, app, sender, onStorageRequest } = options
    this.#faults = faults
    const random = (what: string): Random => createRandom(`${what} ${seed}`)
    const credentials = new CredentialSeries(facts.credentialSeconds)
    this.storage = new ObjectStorage({
      clock,
      runtime: createVirtualRuntime(clock, random('s3')),
      server: facts,
      credentials,
      onRequest: (request) => {
        const { operation, key = '', partNumber = '', status, errorCode = '' } = request
        clock.trace.add(clock.now, `s3 ${operation} ${key} ${partNumber} ${status} ${errorCode}`)
        sights.see(`s3:${operation}:${status}`)
        onStorageRequest?.(request)
      },
    })
    const send = createServerFetch({
      clock,
      random: random('server way'),
      faults,
      storage: this.storage,
      isStorageDown: this.isStorageDown,
      isHanging: (operation) => operation === this.#hanging && !faults.isHealed,
      sender,
    })
    const { sendFor = (_, send) => send() } = options
    this.servers = new Servers({
      clock,
      random: random('servers'),
      facts,
      credentials,
      fetch: (request, received) => sendFor(received, () => send(request)),
      app,
    })
  }

  /** From now on S3 does not answer the servers what they ask for by this operation. */
  hang(operation: string | undefined): void {
    this.#hanging = operation
  }

  readonly isStorageDown = () => this.storageTroubles > 0 && !this.#faults.isHealed
}
