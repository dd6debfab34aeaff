import type { Random } from '../../support/random.js'
import type { Clock } from '../clock/clock.js'
import type { Process } from '../clock/process.js'
import type { Fault, Leg } from '../scenario/scenario.js'
import type { FaultBook } from '../world/fault-book.js'

/** What comes back to a caller. */
export interface CallerAnswer {
  readonly status: number
  readonly text: string
}

/** What works on a request. */
export interface Delivery {
  readonly server?: Process
  /** Tells it that nobody waits any more. */
  abandon?(): void
}

/** Through what requests of callers go. */
export interface CallerWay {
  readonly clock: Clock
  readonly random: Random
  readonly faults: FaultBook
  /** What is under way. */
  readonly live: Set<CallerRequest>
}

interface RequestFacts {
  readonly process: Process
  readonly leg: Exclude<Leg, 'server'>
  readonly operation: string
  /** Then the caller gives it up. */
  readonly patienceMs: number
  /** What answers in place of the other side, if that is down. */
  readonly insteadOfAnswer: () => CallerAnswer | undefined
  /** Brings it to the other side. */
  readonly deliver: (take: (answer: CallerAnswer) => void) => Delivery
}

/** A request of a caller, over a way that is short and not always reliable. */
export class CallerRequest {
  readonly #way: CallerWay
  readonly #facts: RequestFacts
  readonly #fault: Fault | undefined
  readonly #deliveries: Delivery[] = []
  readonly #resolve: (answer: CallerAnswer | undefined) => void
  /** Undefined when no answer came. */
  readonly answer: Promise<CallerAnswer | undefined>
  #stopWaiting: () => void

  constructor(way: CallerWay, facts: RequestFacts) {
    this.#way = way
    this.#facts = facts
    this.#fault = way.faults.take(facts.leg, facts.operation)
    const { promise, resolve } = Promise.withResolvers<CallerAnswer | undefined>()
    this.answer = promise
    this.#resolve = resolve
    const { clock, live } = way
    live.add(this)
    const { process, patienceMs } = facts
    this.#stopWaiting = clock.at(patienceMs, () => this.#giveUp(), { process })
    clock.at(this.#latencyMs(), () => this.#arrive(), { process: clock.world })
  }

  /** The server that works on it. */
  get server(): Process | undefined {
    return this.#deliveries.at(-1)?.server
  }

  /** The connection breaks, and the caller hears of it. */
  break(): void {
    this.#finish(undefined)
  }

  #arrive(): void {
    const { kind, seconds = 1 } = this.#fault ?? {}
    const instead = this.#insteadOfAnswer()
    if (instead) {
      this.#answerWith(instead)
      return
    }
    if (kind === 'close-before' || kind === 'late-delivery') this.#finish(undefined)
    if (kind === 'close-before' || kind === 'stall') return
    if (kind === 'repeat') this.#deliver(() => {})
    const { clock } = this.#way
    const deliver = () => this.#deliver((answer) => this.#take(answer))
    clock.at(kind === 'late-delivery' ? seconds * 1000 : 0, deliver, { process: clock.world })
  }

  #insteadOfAnswer(): CallerAnswer | undefined {
    switch (this.#fault?.kind) {
      case '502':
        return { status: 502, text: '<h1>Bad gateway</h1>' }
      case '429':
        return { status: 429, text: '' }
      case 'refuse':
        return { status: 503, text: '' }
      default:
        return this.#facts.insteadOfAnswer()
    }
  }

  #deliver(take: (answer: CallerAnswer) => void): void {
    this.#deliveries.push(this.#facts.deliver(take))
  }

  #take(answer: CallerAnswer): void {
    const { kind, seconds = 1 } = this.#fault ?? {}
    if (kind === 'lose-answer') this.#finish(undefined)
    else if (kind === 'delay') {
      const { clock } = this.#way
      clock.at(seconds * 1000, () => this.#answerWith(answer), { process: clock.world })
    } else if (kind === 'cut-answer') {
      this.#answerWith({ ...answer, text: answer.text.slice(0, answer.text.length / 2) })
    } else this.#answerWith(answer)
  }

  #answerWith(answer: CallerAnswer): void {
    const { clock } = this.#way
    clock.at(this.#latencyMs(), () => this.#finish(answer), { process: clock.world })
  }

  #giveUp(): void {
    this.#finish(undefined)
    const { clock } = this.#way
    clock.at(
      this.#latencyMs(),
      () => {
        for (const { abandon } of this.#deliveries) abandon?.()
      },
      { process: clock.world },
    )
  }

  #finish(answer: CallerAnswer | undefined): void {
    this.#stopWaiting()
    if (!this.#way.live.delete(this)) return
    this.#way.clock.at(0, () => this.#resolve(answer), { process: this.#facts.process })
  }

  #latencyMs(): number {
    return 3 + this.#way.random.share() * 40
  }
}
