import type { BenchOptions } from '../plan/command-line.js'
import { type Contestant, contestantsOf, rotated } from '../plan/contestants.js'
import type { Load } from '../plan/loads.js'
import { writeBenchFiles } from './bench-files.js'
import { type Run, runOnce } from './run-once.js'
import type { Stage } from './start-stage.js'

/** All runs of a contestant. */
export interface ContestantRuns {
  readonly contestant: Contestant
  readonly runs: Run[]
}

/** Runs a load in rounds, each contestant once in each, after a run that does not count; `onRun` hears of the others. */
export async function runRounds(
  stage: Stage,
  load: Load,
  { options, onRun }: { options: BenchOptions; onRun: (contestant: Contestant, run: Run) => void },
): Promise<ContestantRuns[]> {
  const paths = await writeBenchFiles(load, stage.directory)
  const all = contestantsOf(load, options).map((contestant) => ({
    contestant,
    runs: [] as Run[],
  }))
  // Servers and line compile their code in their first run, which counts for no contestant.
  await runOnce(stage, { subject: 'raw' }, { load, paths })
  for (let round = 0; round < options.runs; round += 1) {
    for (const { contestant, runs } of rotated(all, round)) {
      const run = await runOnce(stage, contestant, { load, paths })
      runs.push(run)
      onRun(contestant, run)
    }
  }
  return all
}
