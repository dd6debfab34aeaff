import type { Bounds } from '../cases/kept-case.js'
import type { AnyScenario } from './any-scenario.js'
import type { Outcome } from './messages.js'
import { type Sizes, WorkerProcess } from './worker-process.js'

/** One scenario, and everything that it shows. */
export interface ReplayCommand {
  readonly kind: 'replay'
  readonly scenario: AnyScenario
  readonly sizes: Sizes
  readonly repeat: number
  readonly most: Bounds
  readonly isTraced: boolean
}

/** Runs one scenario and prints it, its trace and its verdict; resolves with how many have failed. */
export async function replay(
  { scenario, sizes, repeat, most, isTraced }: ReplayCommand,
  print: (text: string) => void,
): Promise<number> {
  print(JSON.stringify(scenario))
  const worker = new WorkerProcess(sizes)
  const outcomes: Outcome[] = []
  const job = { runs: [scenario], repeat, most, wantsTrace: isTraced, wantsRequests: false }
  await worker.run(job, (outcome) => outcomes.push(outcome))
  worker.end()
  for (const { lines, requests: _requests, coverage: _coverage, ...verdict } of outcomes) {
    for (const line of lines) print(line)
    print(JSON.stringify(verdict, null, 2))
  }
  const failed = outcomes.filter(({ problems }) => problems.length > 0).length
  print(`${outcomes.length - failed} passed, ${failed} failed`)
  return failed
}
