import { createRandom, type Random } from '../../support/random.js'
import { Clock } from '../clock/clock.js'
import type { Process } from '../clock/process.js'
import { Trace } from '../clock/trace.js'
import { createVirtualRuntime } from '../clock/virtual-runtime.js'
import type { Network } from '../line/network.js'
import { enterWorld } from '../page/globals.js'
import type { Scenario } from '../scenario/scenario.js'
import { Computer } from './computer.js'
import { createNetwork } from './create-network.js'
import { CredentialSeries } from './credentials.js'
import { FaultBook } from './fault-book.js'
import { ObjectStorage, storageUrl } from './object-storage.js'
import type { LiveRequest, PageConnection } from './page-connection.js'
import { createPageFetch } from './page-questions.js'
import { createSendUpload } from './page-uploads.js'
import { createServerFetch } from './server-requests.js'
import { Servers } from './servers.js'

/** Everything around the product in one run: the computer with its line, the servers, the bucket. */
export class World implements PageConnection {
  readonly scenario: Scenario
  readonly clock: Clock
  readonly computer: Computer
  readonly network: Network
  readonly storage: ObjectStorage
  readonly storageHost = new URL(storageUrl).host
  readonly servers: Servers
  readonly faults: FaultBook
  readonly live = new Set<LiveRequest>()
  /** What has gone wrong, as far as it is seen while it happens. */
  readonly problems: string[] = []
  /** Keys in the order in which the app's hook heard of them. */
  readonly completedKeys: string[] = []
  /** How many things that make S3, or the endpoint, unreachable last at the moment. */
  storageTroubles = 0
  endpointTroubles = 0
  readonly #watchers: ((what: string) => void)[] = []

  constructor(scenario: Scenario, { isTraced = false }: { readonly isTraced?: boolean } = {}) {
    const { seed, server } = scenario
    this.scenario = scenario
    const clock = new Clock(new Trace({ isKept: isTraced }))
    this.clock = clock
    const random = (what: string): Random => createRandom(`${what} ${seed}`)
    this.computer = new Computer(clock, random('computer'))
    this.network = createNetwork(scenario.line, { clock, random: random('line').share })
    this.faults = new FaultBook(scenario.faults, (fault, operation) => {
      clock.trace.add(clock.now, `fault ${fault.leg} ${operation} ${fault.kind}`)
      this.see(`fault:${fault.leg}:${operation}:${fault.kind}`)
    })
    const credentials = new CredentialSeries(server.credentialSeconds)
    this.storage = new ObjectStorage({
      clock,
      runtime: createVirtualRuntime(clock, random('s3')),
      server,
      credentials,
      onRequest: ({ operation, key = '', partNumber = '', status, errorCode = '' }) => {
        clock.trace.add(clock.now, `s3 ${operation} ${key} ${partNumber} ${status} ${errorCode}`)
        this.see(`s3:${operation}:${status}`)
      },
    })
    const isStorageDown = this.isStorageDown
    const serverWay = {
      clock,
      random: random('server way'),
      faults: this.faults,
      storage: this.storage,
    }
    this.servers = new Servers({
      clock,
      random: random('servers'),
      facts: server,
      credentials,
      fetch: createServerFetch({ ...serverWay, isStorageDown }),
      onComplete: (key) => this.completedKeys.push(key),
    })
    enterWorld({
      clock,
      computer: this.computer,
      fetch: createPageFetch(this) as typeof globalThis.fetch,
      sendUpload: () => createSendUpload(this, clock.process),
    })
  }

  readonly isStorageDown = () => this.storageTroubles > 0 && !this.faults.isHealed
  readonly isEndpointDown = () => this.endpointTroubles > 0 && !this.faults.isHealed

  /** Tells everybody who watches that something was seen. */
  readonly see = (what: string): void => {
    for (const watcher of [...this.#watchers]) watcher(what)
  }

  watch(watcher: (what: string) => void): void {
    this.#watchers.push(watcher)
  }

  /** Everything that is under way ends, and its page hears of it. */
  breakLine(): void {
    this.network.breakAll('reset')
  }

  /** A page is gone: nothing of it reaches anybody any more. */
  endPage(process: Process): void {
    process.end()
    for (const request of [...this.live]) if (request.process === process) request.end()
    this.computer.locks.release(process)
  }

  /** The servers that worked on them are gone: the pages hear that their connections broke. */
  breakQuestionsAt(servers: readonly Process[]): void {
    for (const request of [...this.live]) {
      if (request.server && servers.includes(request.server)) request.break?.()
    }
  }
}
