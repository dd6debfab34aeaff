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
  /** Does a server's work on one request. */
  readonly around?: (request: Request, work: () => Promise<Response>) => Promise<Response>
  /** Who sends the request to S3 that a server sends just now. */
  readonly sender?: () => number | undefined
  readonly onStorageRequest?: (request: SeenRequest) => void
}

/** What stands behind the endpoint in one run: the servers, their way to S3, and the bucket. */
export class Backend {
  readonly storage: ObjectStorage
  readonly servers: Servers
  /** How many things that make S3 unreachable last at the moment. */
  storageTroubles = 0
  readonly #faults: FaultBook

  constructor(options: BackendOptions) {
    const { clock, seed, facts, faults, sights, app, around, sender, onStorageRequest } = options
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
    this.servers = new Servers({
      clock,
      random: random('servers'),
      facts,
      credentials,
      fetch: createServerFetch({
        clock,
        random: random('server way'),
        faults,
        storage: this.storage,
        isStorageDown: this.isStorageDown,
        sender,
      }),
      app,
      around,
    })
  }

  readonly isStorageDown = () => this.storageTroubles > 0 && !this.#faults.isHealed
}
