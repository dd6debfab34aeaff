import { createRandom } from '../../support/random.js'
import { Clock } from '../clock/clock.js'
import type { Process } from '../clock/process.js'
import { Trace } from '../clock/trace.js'
import { Backend } from '../world/backend.js'
import { FaultBook } from '../world/fault-book.js'
import { Sights } from '../world/sights.js'
import { App } from './app.js'
import { BucketHistory } from './bucket-history.js'
import { CallBook } from './call-book.js'
import type { CallerRequest, CallerWay } from './caller-request.js'
import type { ServerScenario } from './server-scenario.js'

/** Everything around the handlers in one run: their callers' way, the app, the bucket and its history. */
export class ServerWorld implements CallerWay {
  readonly scenario: ServerScenario
  readonly clock: Clock
  readonly random
  readonly sights = new Sights()
  readonly faults: FaultBook
  readonly calls: CallBook
  readonly app: App
  readonly history = new BucketHistory()
  readonly backend: Backend
  readonly live = new Set<CallerRequest>()
  /** How many things that make the endpoint unreachable last at the moment. */
  endpointTroubles = 0
  /** When servers ended in the middle of what they did. */
  readonly restartsMs: number[] = []

  constructor(
    scenario: ServerScenario,
    { isTraced = false }: { readonly isTraced?: boolean } = {},
  ) {
    const { seed, server: facts } = scenario
    this.scenario = scenario
    const clock = new Clock(new Trace({ isKept: isTraced }))
    this.clock = clock
    this.random = createRandom(`way of callers ${seed}`)
    this.calls = new CallBook(clock)
    this.faults = new FaultBook(scenario.faults, (fault, operation) => {
      const { number = '' } = this.calls.sending ?? {}
      clock.trace.add(clock.now, `fault ${fault.leg} ${operation} ${fault.kind} ${number}`)
      this.calls.sending?.hits.push({ fault, operation })
    })
    this.app = new App({ clock, calls: this.calls, facts })
    this.backend = new Backend({
      clock,
      seed,
      facts,
      faults: this.faults,
      sights: this.sights,
      app: this.app.options(),
      sendFor: this.calls.sendFor,
      sender: this.calls.noteSent,
      onStorageRequest: (request) => void this.history.update(this.backend.storage.s3, request),
    })
  }

  readonly isEndpointDown = () => this.endpointTroubles > 0 && !this.faults.isHealed

  /** The servers that worked on them are gone: callers hear that their connections broke. */
  breakQuestionsAt(servers: readonly Process[]): void {
    this.restartsMs.push(this.clock.now)
    for (const request of [...this.live]) {
      if (request.server && servers.includes(request.server)) request.break()
    }
  }
}
