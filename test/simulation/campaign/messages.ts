import type { Bounds, KeptCase } from '../cases/kept-case.js'
import type { RunResult } from '../run/run-scenario.js'
import type { AnyScenario } from './any-scenario.js'

/** What a worker is to run, one after the other: seeds, or scenarios as they are. */
export interface Job {
  readonly runs: readonly (number | AnyScenario | KeptCase)[]
  /** Whether seeds stand for servers alone. @default for pages */
  readonly isOfServers?: boolean
  /** How often each is run; the hashes must be equal. */
  readonly repeat: number
  /** What each may cost, but for cases that say it themselves. */
  readonly most?: Bounds
  readonly wantsTrace: boolean
  readonly wantsRequests: boolean
}

/** What a worker tells of one run. */
export interface Outcome
  extends Pick<
    RunResult,
    | 'problems'
    | 'hash'
    | 'steps'
    | 'virtualMs'
    | 'settledMs'
    | 'settledSteps'
    | 'bytesRatio'
    | 'lines'
    | 'coverage'
  > {
  /** Requests to S3 as `operation key status`, if they are wanted. */
  readonly requests: readonly string[]
}

/** What comes from a worker: a run is over, or goes on. */
export type WorkerMessage =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'alive' }

/** The outcome of a run that did not come to its end. */
export function brokenOutcome(problem: string): Outcome {
  return {
    problems: [`BROKE ${problem}`],
    hash: '',
    steps: 0,
    virtualMs: 0,
    settledMs: 0,
    settledSteps: 0,
    bytesRatio: 0,
    lines: [],
    coverage: {},
    requests: [],
  }
}
