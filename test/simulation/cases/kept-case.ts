import type { AnyScenario } from '../campaign/any-scenario.js'
import type { RunResult } from '../run/run-scenario.js'

/** A scenario that is kept since it has shown something. */
export type KeptCase = AnyScenario & {
  /** What it has shown, in one sentence. */
  readonly about: string
  /** What it may cost, where it shows in that alone. */
  readonly most?: Bounds
}

/** What a run may cost. */
export interface Bounds {
  /** Bytes sent ÷ size. */
  readonly bytesRatio?: number
  /** Of the clock, until everything was complete or failed. */
  readonly seconds?: number
}

/** What a run costs beyond its bounds. */
export function beyondBounds(
  most: Bounds,
  { bytesRatio, settledMs }: Pick<RunResult, 'bytesRatio' | 'settledMs'>,
): string[] {
  return [
    ...problemOf('bytes ÷ size', bytesRatio, most.bytesRatio),
    ...problemOf('seconds', settledMs / 1000, most.seconds),
  ]
}

function problemOf(what: string, is: number, most = Number.POSITIVE_INFINITY): string[] {
  return is > most ? [`BOUNDS ${what}: ${is.toFixed(2)}, at most ${most}`] : []
}
