import type { Clock } from '../clock/clock.js'

/** Things that end by themselves; until then the run is not over. */
export class Durations {
  /** How many last at the moment. */
  pending = 0
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Does something when it is over. */
  later(delayMs: number, run: () => void): void {
    this.pending += 1
    this.#clock.at(
      delayMs,
      () => {
        this.pending -= 1
        run()
      },
      { process: this.#clock.world },
    )
  }
}
