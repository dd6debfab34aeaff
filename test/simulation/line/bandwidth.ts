import type { BandwidthStep, Weather } from './weather.js'

/** A time in which nothing passes. */
interface Outage {
  readonly fromMs: number
  readonly untilMs: number
}

/** A time in which the bandwidth does not change. */
interface Stretch {
  readonly fromMs: number
  readonly untilMs: number
  readonly bytesPerMs: number
}

const nowhere: Stretch = { fromMs: 0, untilMs: 0, bytesPerMs: 0 }

/** How many bytes a line takes at which time. */
export class Bandwidth {
  readonly #steps: readonly BandwidthStep[]
  readonly #repeatsAfterMs: number
  #outages: readonly Outage[]
  #override: number | undefined
  /** The last one that was looked up: most lookups are for the same. */
  #stretch = nowhere

  constructor(weather: Weather, outages: readonly Outage[]) {
    this.#steps = weather.bandwidth
    this.#repeatsAfterMs = weather.bandwidthRepeatsAfterMs ?? Number.POSITIVE_INFINITY
    this.#outages = outages
  }

  /** Replaces the steps of the weather until it is called with `undefined`. */
  override(bytesPerSecond: number | undefined): void {
    this.#override = bytesPerSecond
    this.#stretch = nowhere
  }

  addOutage(outage: Outage): void {
    this.#outages = [...this.#outages, outage].sort((a, b) => a.fromMs - b.fromMs)
    this.#stretch = nowhere
  }

  isDarkAt(atMs: number): boolean {
    return this.#stretchAt(atMs).bytesPerMs === 0
  }

  /**
   * When bytes have left that begin to leave at a time; `Infinity` if nothing passes from then on.
   *
   * No bytes at all, such as handshakes, leave at once even in the dark: that spares a page no more than their time.
   */
  leavesAt(startsAtMs: number, bytes: number): number {
    let at = startsAtMs
    let leftBytes = bytes
    while (leftBytes > 0 && at < Number.POSITIVE_INFINITY) {
      const { untilMs, bytesPerMs } = this.#stretchAt(at)
      const leavesAt = bytesPerMs > 0 ? at + leftBytes / bytesPerMs : Number.POSITIVE_INFINITY
      if (leavesAt <= untilMs) return leavesAt
      leftBytes -= (untilMs - at) * bytesPerMs
      at = untilMs
    }
    return at
  }

  #stretchAt(atMs: number): Stretch {
    const { fromMs, untilMs } = this.#stretch
    if (atMs < fromMs || atMs >= untilMs) this.#stretch = this.#findStretch(atMs)
    return this.#stretch
  }

  #findStretch(atMs: number): Stretch {
    const outage = this.#outages.find(({ untilMs }) => untilMs > atMs)
    if (outage && outage.fromMs <= atMs) {
      return { fromMs: atMs, untilMs: outage.untilMs, bytesPerMs: 0 }
    }
    const step = this.#stepAt(atMs)
    return { ...step, untilMs: Math.min(step.untilMs, outage?.fromMs ?? Number.POSITIVE_INFINITY) }
  }

  #stepAt(atMs: number): Stretch {
    if (this.#override !== undefined) {
      const bytesPerMs = this.#override / 1000
      return { fromMs: atMs, untilMs: Number.POSITIVE_INFINITY, bytesPerMs }
    }
    const round = this.#repeatsAfterMs
    const roundStart = round === Number.POSITIVE_INFINITY ? 0 : Math.floor(atMs / round) * round
    const next = this.#steps.findIndex(({ fromMs }) => roundStart + fromMs > atMs)
    const step = this.#steps.at(next === -1 ? -1 : next - 1)
    return {
      fromMs: atMs,
      untilMs: roundStart + (this.#steps[next]?.fromMs ?? round),
      bytesPerMs: (step?.bytesPerSecond ?? 0) / 1000,
    }
  }
}
