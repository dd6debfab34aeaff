import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Bounds } from '../cases/kept-case.js'
import type { AnyScenario } from './any-scenario.js'
import { shrinkScenario } from './shrink-scenario.js'
import { type Sizes, WorkerProcess } from './worker-process.js'

/** A scenario that shows a problem, of which only the cause is to be left. */
export interface ShrinkCommand {
  readonly kind: 'shrink'
  readonly scenario: AnyScenario
  readonly sizes: Sizes
  readonly most: Bounds
  /** Where the case is written. */
  readonly out: string
}

/** Writes the simplest case with the same problem; resolves with how many have failed: 1 unless there is no problem. */
export async function shrinkCase(
  { scenario, sizes, most, out }: ShrinkCommand,
  print: (text: string) => void,
): Promise<number> {
  const worker = new WorkerProcess(sizes)
  const shrunk = await shrinkScenario(scenario, worker, { most })
  worker.end()
  if (!shrunk) {
    print('There is no problem to shrink.')
    return 0
  }
  const text = JSON.stringify({ about: shrunk.problem, ...shrunk.scenario }, null, 2)
  mkdirSync(dirname(out), { recursive: true })
  writeFileSync(out, `${text}\n`)
  print(text)
  print(`${shrunk.runs} runs; npm run simulate -- --file ${out} --trace`)
  return 1
}
