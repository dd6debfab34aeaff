import { openResults } from '../../faults/results-file.js'
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
  /** Where rows are written as they come. */
  readonly resultsPath: string | undefined
  /** Whether rows of the same source that are there already are taken as they are. */
  readonly isResumed: boolean
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

/** What has become of a mutant. */
interface Row {
  readonly name: string
  readonly rule: string
  /** Undefined for one that has survived. */
  readonly found?: {
    /** How many seeds that took. */
    readonly seeds: number
    readonly problem: string
    /** What shows it after shrinking. */
    readonly left?: Left | undefined
  }
}

/** What is left of a scenario. */
interface Left {
  readonly files: number
  readonly faults: number
  readonly events: number
  readonly runs: number
}

/** A scenario with so few faults and events is soon understood. */
const fewItems = 10

/** Runs seeds with each mutant until one finds it, and prints a table; resolves with how many have survived. */
export async function runMutants(
  command: MutantsCommand,
  print: (text: string) => void,
): Promise<number> {
  const { resultsPath, isResumed, workers } = command
  // Here it fails loudly; a worker that ends would look like a mutant that is found.
  for (const mutant of command.mutants) plantInto(mutant)
  const results = resultsPath === undefined ? undefined : openResults<Row>(resultsPath)
  const earlier = isResumed ? (results?.earlier() ?? []) : []
  const waiting = [...command.mutants]
  const rows: Row[] = []
  const work = async () => {
    const plain = new WorkerProcess('small')
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const { name } = mutant
      const known = earlier.find((row) => row.name === name)
      const row = known ?? (await examine(mutant, command, plain))
      if (!known) results?.add(row)
      rows.push(row)
      print(describeRow(row))
    }
    plain.end()
  }
  print('| mutant | rule | seeds | found by | left after shrinking |\n|---|---|---|---|---|')
  await Promise.all(Array.from({ length: workers }, work))
  const found = rows.flatMap((row) => row.found ?? [])
  print(`${found.length} of ${rows.length} found`)
  if (command.isShrunk) {
    const few = found.filter(({ left }) => left && left.faults + left.events <= fewItems)
    print(`${few.length} of these by ${fewItems} faults and events at most`)
  }
  return rows.length - found.length
}

function describeRow({ name, rule, found }: Row): string {
  if (!found) return `| ${name} | ${rule} | – | SURVIVES | |`
  const { seeds, problem, left } = found
  const size = left
    ? `${left.faults + left.events}: faults ${left.faults}, events ${left.events}; files ${left.files} (${left.runs} runs)`
    : ''
  return `| ${name} | ${rule} | ${seeds} | ${problem} | ${size} |`
}

async function examine(
  { name, rule }: Mutant,
  command: MutantsCommand,
  plain: WorkerProcess,
): Promise<Row> {
  const { from, isShrunk, isOfServers } = command
  const worker = new WorkerProcess('small', name)
  try {
    const finding = await findBySeeds(command, worker, plain)
    if (!finding) return { name, rule }
    const { seed, problem } = finding
    const left = isShrunk ? await leftOf(drawAnyScenario(seed, isOfServers), worker) : undefined
    return { name, rule, found: { seeds: seed - from + 1, problem: problemClass(problem), left } }
  } finally {
    worker.end()
  }
}

/** A problem that the seed shows without the bug, too, finds nothing. */
async function findBySeeds(
  { from, seeds, isOfServers }: MutantsCommand,
  worker: WorkerProcess,
  plain: WorkerProcess,
): Promise<Finding | undefined> {
  for (let seed = from; seed < from + seeds; seed += 1) {
    const scenario = drawAnyScenario(seed, isOfServers)
    const [problem] = await problemsOf(scenario, worker)
    if (problem === undefined) continue
    if ((await problemsOf(scenario, plain)).length === 0) return { seed, problem }
  }
  return undefined
}

/** How much of a scenario is needed to show the bug. */
async function leftOf(scenario: AnyScenario, worker: WorkerProcess): Promise<Left | undefined> {
  const shrunk = await shrinkScenario(scenario, worker, { leavesOutOnly: true })
  if (!shrunk) return undefined
  const { faults, events, ...rest } = shrunk.scenario
  const files = 'files' in rest ? rest.files : rest.uploads
  const { runs } = shrunk
  return { files: files.length, faults: faults.length, events: events.length, runs }
}
