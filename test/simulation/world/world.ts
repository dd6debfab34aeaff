import { createRandom, type Random } from '../../support/random.js'
import { Clock } from '../clock/clock.js'
import type { Process } from '../clock/process.js'
import { Trace } from '../clock/trace.js'
import type { Network } from '../line/network.js'
import { enterWorld } from '../page/globals.js'
import { removalEventKinds, type Scenario } from '../scenario/scenario.js'
import { Backend } from './backend.js'
import { Computer } from './computer.js'
import { createNetwork } from './create-network.js'
import { FaultBook } from './fault-book.js'
import { type ObjectStorage, storageUrl } from './object-storage.js'
import type { LiveRequest, PageConnection } from './page-connection.js'
import { createPageFetch, endpointUrl } from './page-questions.js'
import { PageSends } from './page-sends.js'
import { createSendUpload } from './page-uploads.js'
import { PageWaits } from './page-waits.js'
import { Questions } from './questions.js'
import type { Servers } from './servers.js'
import { Sights } from './sights.js'
import { TokenNames } from './token-names.js'

/** Everything around the product in one run: the computer with its line, the servers, the bucket. */
export class World implements PageConnection {
  readonly scenario: Scenario
  readonly clock: Clock
  readonly computer: Computer
  readonly network: Network
  readonly backend: Backend
  readonly sights = new Sights()
  readonly storageHost = new URL(storageUrl).host
  readonly faults: FaultBook
  readonly live = new Set<LiveRequest>()
  readonly tokens = new TokenNames()
  readonly sends = new PageSends()
  readonly waits = new PageWaits()
  readonly questions = new Questions()
  /** What has gone wrong, as far as it is seen while it happens. */
  readonly problems: string[] = []
  /** Keys in the order in which the app's hook heard of them. */
  readonly completedKeys: string[] = []
  /** Keys of stored files that the app's hook has heard to be removed; undefined where it has none. */
  readonly removedKeys: Set<string> | undefined
  /** Where pages find the endpoint. */
  endpointUrl = endpointUrl
  /** How many things that make the endpoint unreachable last at the moment. */
  endpointTroubles = 0
  /** When the last trouble that has come so far is over. */
  quietSinceMs = 0

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
      this.noteTrouble((fault.seconds ?? 0) * 1000)
      this.sights.see(`fault:${fault.leg}:${operation}:${fault.kind}`)
    })
    // It costs requests of the server, which other scenarios count without it.
    const removedKeys = hasRemovals(scenario) ? new Set<string>() : undefined
    this.removedKeys = removedKeys
    this.backend = new Backend({
      clock,
      seed,
      facts: server,
      faults: this.faults,
      sights: this.sights,
      app: {
        authorize: () => ({ owner: 'ann' }),
        authorizeDownload: () => true,
        onUploadComplete: ({ key }) => void this.completedKeys.push(key),
        ...(removedKeys && {
          onUploadRemove: ({ key, state }) => {
            if (state === 'stored') removedKeys.add(key)
          },
        }),
      },
    })
    enterWorld({
      clock,
      computer: this.computer,
      fetch: createPageFetch(this) as typeof globalThis.fetch,
      sendUpload: () => createSendUpload(this, clock.process),
    })
  }

  readonly isEndpointDown = () => this.endpointTroubles > 0 && !this.faults.isHealed

  get storage(): ObjectStorage {
    return this.backend.storage
  }

  get servers(): Servers {
    return this.backend.servers
  }

  get isStorageDown(): () => boolean {
    return this.backend.isStorageDown
  }

  get see(): (what: string) => void {
    return this.sights.see
  }

  /** Something goes wrong, or the user does something, for so long. */
  noteTrouble(forMs: number): void {
    this.quietSinceMs = Math.max(this.quietSinceMs, this.clock.now + forMs)
  }

  /** Everything that is under way ends, and its page hears of it. */
  breakLine(): void {
    this.network.breakAll('reset')
  }

  /** A page is gone: nothing of it reaches anybody any more. */
  endPage(process: Process): void {
    process.end()
    for (const request of [...this.live]) if (request.process === process) request.end()
    this.sends.endOf(process.name, this.clock.now)
    this.computer.locks.release(process)
  }

  /** The servers that worked on them are gone: the pages hear that their connections broke. */
  breakQuestionsAt(servers: readonly Process[]): void {
    for (const request of [...this.live]) {
      if (request.server && servers.includes(request.server)) request.break?.()
    }
  }
}

function hasRemovals({ events }: Scenario): boolean {
  return events.some(({ kind }) => removalEventKinds.some((removal) => removal === kind))
}
