import { type AnyScenario, drawAnyScenario } from '../campaign/any-scenario.js'
import { problemClass } from '../campaign/problem-class.js'
import { problemsOf, shrinkScenario } from '../campaign/shrink-scenario.js'
import { WorkerProcess } from '../campaign/worker-process.js'
import { handlerMutants } from './handler-mutants.js'
import type { Mutant } from './mutant.js'
import { mutants } from './mutants.js'
import { plantInto } from './plant-into.js'

/** Planted bugs, each of which some seed has to find. */
export interface MutantsCommand {
  readonly kind: 'mutants'
  readonly mutants: readonly Mutant[]
  /** The first seed. */
  readonly from: number
  /** Most seeds for each mutant. */
  readonly seeds: number
  readonly workers: number
  readonly isShrunk: boolean
  /** Whether seeds stand for servers alone. */
  readonly isOfServers: boolean
}

/** The seed that has found a mutant. */
interface Finding {
  readonly seed: number
  readonly problem: string
}

/** @throws TypeError when there is no mutant of one of these names. */
export function mutantsNamed(names: readonly string[], isOfServers: boolean): readonly Mutant[] {
  const all = isOfServers ? handlerMutants : mutants
  if (names.length === 0) return all
  return names.map((name) => {
    const mutant = all.find((each) => each.name === name)
    if (!mutant) throw new TypeError(`There is no mutant “${name}”.`)
    return mutant
  })
}

/** Runs seeds with each mutant until one finds it, and prints a table; resolves with how many have survived. */
export async function runMutants(
  command: MutantsCommand,
  print: (text: string) => void,
): Promise<number> {
  // Here it fails loudly; a worker that ends would look like a mutant that is found.
  for (const mutant of command.mutants) plantInto(mutant)
  const waiting = [...command.mutants]
  let survivors = 0
  const work = async () => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const row = await examine(mutant, command)
      if (!row.isFound) survivors += 1
      print(row.text)
    }
  }
  print('| mutant | rule | seeds | found by | left after shrinking |\n|---|---|---|---|---|')
  await Promise.all(Array.from({ length: command.workers }, work))
  print(`${command.mutants.length - survivors} of ${command.mutants.length} found`)
  return survivors
}

async function examine(
  mutant: Mutant,
  command: MutantsCommand,
): Promise<{ readonly isFound: boolean; readonly text: string }> {
  const worker = new WorkerProcess('small', mutant.name)
  const { name, rule } = mutant
  try {
    const finding = await findBySeeds(command, worker)
    if (!finding) return { isFound: false, text: `| ${name} | ${rule} | – | SURVIVES | |` }
    const seeds = finding.seed - command.from + 1
    const left = command.isShrunk
      ? await leftOf(drawAnyScenario(finding.seed, command.isOfServers), worker)
      : ''
    const found = problemClass(finding.problem)
    return { isFound: true, text: `| ${name} | ${rule} | ${seeds} | ${found} | ${left} |` }
  } finally {
    worker.end()
  }
}

async function findBySeeds(
  { from, seeds, isOfServers }: MutantsCommand,
  worker: WorkerProcess,
): Promise<Finding | undefined> {
  for (let seed = from; seed < from + seeds; seed += 1) {
    const [problem] = await problemsOf(drawAnyScenario(seed, isOfServers), worker)
    if (problem !== undefined) return { seed, problem }
  }
  return undefined
}

/** How much of a scenario is needed to show the bug. */
async function leftOf(scenario: AnyScenario, worker: WorkerProcess): Promise<string> {
  const shrunk = await shrinkScenario(scenario, worker, {})
  if (!shrunk) return 'shows nothing a second time'
  const { faults, events, ...rest } = shrunk.scenario
  const files = 'files' in rest ? rest.files : rest.uploads
  const items = files.length + faults.length + events.length
  return `${items}: files ${files.length}, faults ${faults.length}, events ${events.length} (${shrunk.runs} runs)`
}
