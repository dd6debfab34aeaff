import { mebibyte } from '../../s3/byte-units.js'

/** This many bytes may always be in flight: what is small is sent again soon. */
const minBytes = mebibyte

/** Of what passes between two breaks, so much may be in flight. */
const maxShareOfInterval = 0.25
const rememberedIntervals = 3

/** What is lost within so long is lost by the same break. */
const sameBreakMs = 1000

/** Requests that were under way when the line took the first of them. */
interface Losses {
  readonly since: number
  readonly atRisk: number
  count: number
}

/**
 * What the line has shown by its breaks, and how much may be in flight on it.
 *
 * A break takes all that is in flight; a browser sends it once more by itself, so that only half of the breaks are seen.
 */
export class LineBreaks {
  #losses: Losses | undefined
  #isBroken = false
  #arrivedBytes = 0
  /** Bytes that arrived between two breaks, the latest last. */
  #intervals: readonly number[] = []

  /** Bytes that may be in flight beside the first request. */
  get maxBytes(): number {
    if (this.#intervals.length === 0) return Number.POSITIVE_INFINITY
    if (this.#arrivedBytes === 0) return minBytes
    const passing = Math.max(median(this.#intervals), this.#arrivedBytes)
    return Math.max(minBytes, maxShareOfInterval * passing)
  }

  noteArrived(bytes: number): void {
    this.#arrivedBytes += bytes
  }

  /** Hears of a request that ended without an answer, `running` with it; returns whether others may be lost right now. */
  noteLoss({ now, running }: { readonly now: number; readonly running: number }): boolean {
    const isFirst = this.#losses === undefined || now - this.#losses.since > sameBreakMs
    if (isFirst) this.#isBroken = false
    const losses =
      isFirst || !this.#losses ? { since: now, atRisk: running, count: 0 } : this.#losses
    this.#losses = losses
    losses.count += 1
    if (!this.#isBroken && losses.count * 2 >= losses.atRisk) this.#noteBreak()
    return isFirst && running > 1
  }

  #noteBreak(): void {
    this.#isBroken = true
    this.#intervals = [...this.#intervals, this.#arrivedBytes].slice(-rememberedIntervals)
    this.#arrivedBytes = 0
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
