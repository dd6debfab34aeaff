import type { Bounds } from '../cases/kept-case.js'
import { scenarioShape } from '../shrink/scenario-shape.js'
import { type Shrunk, shrink } from '../shrink/shrink.js'
import type { AnyScenario } from './any-scenario.js'
import type { Job, Outcome } from './messages.js'
import type { WorkerProcess } from './worker-process.js'

/** Runs one seed or scenario in a worker, and resolves with its problems. */
export async function problemsOf(
  run: Job['runs'][number],
  worker: WorkerProcess,
  most: Bounds = {},
): Promise<readonly string[]> {
  const outcomes: Outcome[] = []
  const job = { runs: [run], repeat: 1, most, wantsTrace: false, wantsRequests: false }
  await worker.run(job, (outcome) => outcomes.push(outcome))
  return outcomes.flatMap(({ problems }) => problems)
}

/** Shrinks a scenario by runs in a worker; undefined if it shows no problem. */
export function shrinkScenario(
  scenario: AnyScenario,
  worker: WorkerProcess,
  options: { readonly most?: Bounds; readonly leavesOutOnly?: boolean },
): Promise<Shrunk<AnyScenario> | undefined> {
  const { most = {}, leavesOutOnly = false } = options
  const run = (candidate: AnyScenario) => problemsOf(candidate, worker, most)
  return shrink(scenario, { run, shape: scenarioShape, leavesOutOnly })
}
