import { problemClass } from '../campaign/problem-class.js'
import { leaveOut } from './leave-out.js'
import { lowerNumbers } from './lower-numbers.js'
import type { ScenarioShape } from './scenario-shape.js'
import { simplify } from './simplify.js'

/** How to shrink a scenario. */
export interface ShrinkOptions<Scenario> {
  /** Resolves with the problems that a scenario shows. */
  readonly run: (scenario: Scenario) => Promise<readonly string[]>
  readonly shape: ScenarioShape
  /** @default 600 */
  readonly maxRuns?: number
  /** Whether items are left out of lists, and all else stays as it is. */
  readonly leavesOutOnly?: boolean
}

/** A scenario from which nothing can be left out. */
export interface Shrunk<Scenario> {
  readonly scenario: Scenario
  /** What it shows. */
  readonly problem: string
  readonly runs: number
}

const allPasses = [leaveOut, simplify, lowerNumbers]

/** Makes a scenario as simple as it can be with a problem of the same class; undefined if it shows none. */
export async function shrink<Scenario extends object>(
  scenario: Scenario,
  options: ShrinkOptions<Scenario>,
): Promise<Shrunk<Scenario> | undefined> {
  const { run, shape, maxRuns = 600, leavesOutOnly = false } = options
  const passes = leavesOutOnly ? [leaveOut] : allPasses
  const [problem] = await run(scenario)
  if (problem === undefined) return undefined
  const wanted = problemClass(problem)
  const tried = new Set([JSON.stringify(scenario)])
  let best = { scenario, problem }
  const isBetter = async (candidate: Scenario): Promise<boolean> => {
    if (!shape.isSensible(candidate)) return false
    const text = JSON.stringify(candidate)
    if (tried.has(text) || tried.size >= maxRuns) return false
    tried.add(text)
    const shown = (await run(candidate)).find((each) => problemClass(each) === wanted)
    if (shown !== undefined) best = { scenario: candidate, problem: shown }
    return shown !== undefined
  }
  let before: Scenario
  do {
    before = best.scenario
    for (const pass of passes) {
      const candidates = pass(best.scenario, shape)
      let next = candidates.next()
      while (!next.done) next = candidates.next(await isBetter(next.value))
    }
  } while (best.scenario !== before && tried.size < maxRuns)
  return { ...best, runs: tried.size }
}
