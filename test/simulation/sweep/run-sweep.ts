import { WorkerProcess } from '../campaign/worker-process.js'
import type { Base } from './bases.js'
import { Findings } from './findings.js'
import { besides, type SweepRun, sweepRuns } from './sweep-runs.js'

/** Every action at steps of base scenarios. */
export interface SweepCommand {
  readonly kind: 'sweep'
  readonly bases: readonly Base[]
  /** Of so many steps, one is tried. */
  readonly every: number
  readonly workers: number
}

const chunkLength = 25
const job = { repeat: 1, wantsTrace: false, wantsRequests: false }

/** Runs a sweep and says what it has shown; resolves with how many runs have failed. */
export async function runSweep(
  { bases, every, workers }: SweepCommand,
  print: (text: string) => void,
): Promise<number> {
  const began = performance.now()
  const findings = new Findings()
  const processes = Array.from({ length: workers }, () => new WorkerProcess('small'))
  for (const base of bases) {
    const runs = await runsOf(base, every)
    const chunks = chunksOf(runs, chunkLength)
    const work = async (process: WorkerProcess) => {
      for (const chunk of chunks) await runChunk(chunk, process, findings)
    }
    await Promise.all(processes.map(work))
    print(`  ${base.name}: ${runs.length} runs; ${findings.failed} of all have failed`)
  }
  for (const process of processes) process.end()
  const seconds = (performance.now() - began) / 1000
  for (const line of findings.describe(seconds)) print(line)
  return findings.failed
}

/** A base takes as many steps alone as actions can be tried at. */
async function runsOf({ name, scenario }: Base, every: number): Promise<SweepRun[]> {
  const process = new WorkerProcess('small')
  const runs: SweepRun[] = []
  for (const [index, tried] of besides(scenario).entries()) {
    const title = index === 0 ? name : `${name} beside faults`
    await process.run({ ...job, runs: [tried] }, ({ settledSteps: steps }) => {
      runs.push(...sweepRuns(title, tried, { steps, every }))
    })
  }
  process.end()
  return runs
}

function* chunksOf<Item>(items: readonly Item[], length: number): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += length) yield items.slice(at, at + length)
}

async function runChunk(
  chunk: readonly SweepRun[],
  process: WorkerProcess,
  findings: Findings,
): Promise<void> {
  const left = [...chunk]
  await process.run({ ...job, runs: chunk.map(({ scenario }) => scenario) }, ({ problems }) => {
    const run = left.shift()
    if (run) findings.add(run, problems)
  })
}
