import type { Clock } from '../clock/clock.js'
import type { Occasion } from '../scenario/scenario.js'
import type { Sights } from '../world/sights.js'

/** What comes on an occasion. */
type Event = Occasion & { readonly kind: string }

interface EventsOptions<Planned extends Event> {
  readonly clock: Clock
  readonly sights: Sights
  readonly events: readonly Planned[]
  readonly act: (event: Planned) => void
}

/** Brings the events of a scenario, each on its occasion. */
export class Events<Planned extends Event> {
  readonly #options: EventsOptions<Planned>
  #dated = 0
  #haveEnded = false

  constructor(options: EventsOptions<Planned>) {
    this.#options = options
    const waiting: { event: Planned; left: number; on: string; afterMs: number }[] = []
    for (const event of options.events) {
      if ('at' in event) this.#plan(event, event.at)
      else if ('step' in event) this.#planStep(event, event.step)
      else waiting.push({ event, left: event.nth, on: event.on, afterMs: event.afterMs })
    }
    options.sights.watch((what) => {
      for (const each of waiting) {
        if (each.on !== what) continue
        each.left -= 1
        if (each.left === 0) this.#plan(each.event, each.afterMs)
      }
    })
  }

  /** Whether none is to come but those whose occasion may never come. */
  get areOver(): boolean {
    return this.#dated === 0
  }

  /** None comes any more: what happens from here on is for the checks alone. */
  end(): void {
    this.#haveEnded = true
  }

  #plan(event: Planned, delayMs: number): void {
    const { clock, sights, act } = this.#options
    this.#dated += 1
    clock.at(
      delayMs,
      () => {
        this.#dated -= 1
        if (this.#haveEnded) return
        clock.trace.add(clock.now, `event ${event.kind}`)
        sights.see(`event:${event.kind}`)
        act(event)
      },
      { process: clock.world },
    )
  }

  #planStep(event: Planned, step: number): void {
    const { clock } = this.#options
    const before = clock.onStep
    clock.onStep = (taken) => {
      before?.(taken)
      if (taken === step) this.#plan(event, 0)
    }
  }
}
