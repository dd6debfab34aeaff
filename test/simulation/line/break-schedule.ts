import type { LineClock } from './line-clock.js'
import type { PlannedBreak } from './planned-breaks.js'

/** Carries out the planned breaks, with a task of the clock only while a request is on its way. */
export class BreakSchedule {
  readonly #clock: LineClock
  readonly #breaks: readonly PlannedBreak[]
  readonly #carryOut: (how: PlannedBreak['how']) => void
  readonly #isNeeded: () => boolean
  #next = 0
  #isScheduled = false

  constructor(
    clock: LineClock,
    options: {
      readonly breaks: readonly PlannedBreak[]
      readonly carryOut: (how: PlannedBreak['how']) => void
      readonly isNeeded: () => boolean
    },
  ) {
    this.#clock = clock
    this.#breaks = options.breaks
    this.#carryOut = options.carryOut
    this.#isNeeded = options.isNeeded
  }

  /** Carries out what has come due since the last request, and schedules the next break. */
  resume(): void {
    if (this.#isScheduled) return
    for (;;) {
      const next = this.#breaks[this.#next]
      if (!next) return
      if (next.atMs > this.#clock.now) {
        this.#schedule(next)
        return
      }
      this.#next += 1
      this.#carryOut(next.how)
    }
  }

  #schedule(next: PlannedBreak): void {
    this.#isScheduled = true
    this.#clock.at(next.atMs - this.#clock.now, () => {
      this.#isScheduled = false
      this.#next += 1
      this.#carryOut(next.how)
      if (this.#isNeeded()) this.resume()
    })
  }
}
