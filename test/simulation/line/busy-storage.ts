import type { BusyPhase } from './weather.js'

/** The storage in its busy phases: it takes a few requests a second. */
export class BusyStorage {
  readonly #phases: readonly BusyPhase[]
  #takenAt: number[] = []

  constructor(phases: readonly BusyPhase[] = []) {
    this.#phases = phases
  }

  /** Whether it takes a request whose head arrives now. */
  takes(nowMs: number): boolean {
    const phase = this.#phases.find(({ fromMs, untilMs }) => nowMs >= fromMs && nowMs < untilMs)
    if (!phase) return true
    this.#takenAt = this.#takenAt.filter((at) => at >= nowMs - 1000)
    if (this.#takenAt.length >= phase.requestsPerSecond) return false
    this.#takenAt.push(nowMs)
    return true
  }
}
