import type { Fault, Scenario } from '../scenario/scenario.js'
import { actions } from './actions.js'

/** One action at one step of a base scenario. */
export interface SweepRun {
  /** What is tried where, without the step. */
  readonly name: string
  readonly scenario: Scenario
}

/** What each action is tried beside, besides nothing. */
const companions: readonly Fault[] = [
  { leg: 's3', nth: 2, kind: 'lose-answer' },
  { leg: 'endpoint', nth: 2, kind: 'lose-answer' },
  { leg: 'server', nth: 3, kind: '503' },
]

/** The scenarios in which each action is tried: the base as it is, and beside faults. */
export function besides(scenario: Scenario): readonly Scenario[] {
  return [scenario, { ...scenario, faults: [...scenario.faults, ...companions] }]
}

/** Every action at every so many steps of a scenario of a base that takes so many. */
export function* sweepRuns(
  name: string,
  scenario: Scenario,
  { steps, every }: { readonly steps: number; readonly every: number },
): Generator<SweepRun> {
  for (const action of actions) {
    for (let step = 1; step <= steps; step += every) {
      const events = [...scenario.events, { ...action, step }]
      yield { name: `${action.kind} in ${name}`, scenario: { ...scenario, events } }
    }
  }
}
