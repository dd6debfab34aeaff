import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { ReplayCommand } from './campaign/replay.js'
import type { CampaignCommand } from './campaign/run-campaign.js'
import type { ShrinkCommand } from './campaign/shrink-case.js'
import type { Bounds } from './cases/kept-case.js'
import { type MutantsCommand, mutantsNamed } from './mutants/run-mutants.js'
import { drawScenario } from './scenario/draw-scenario.js'
import type { Scenario } from './scenario/scenario.js'

/** What is to be done. */
export type Command = CampaignCommand | MutantsCommand | ReplayCommand | ShrinkCommand

const options = {
  seeds: { type: 'string' },
  from: { type: 'string' },
  'date-seed': { type: 'boolean', default: false },
  minutes: { type: 'string' },
  workers: { type: 'string' },
  repeat: { type: 'string' },
  'max-bytes-ratio': { type: 'string' },
  'real-sizes': { type: 'boolean', default: false },
  'real-every': { type: 'string' },
  seed: { type: 'string' },
  file: { type: 'string' },
  trace: { type: 'boolean', default: false },
  coverage: { type: 'boolean', default: false },
  shrink: { type: 'boolean', default: false },
  mutants: { type: 'boolean', default: false },
  'no-shrinking': { type: 'boolean', default: false },
  out: { type: 'string' },
} as const

type Values = ReturnType<typeof parse>

/** A word alone is the seed of `--shrink`; words after `--mutants` are names. */
function parse(args: readonly string[]) {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [word] = positionals
  if (word === undefined || values.mutants) return { ...values, names: positionals }
  if (values.shrink && values.seed === undefined && positionals.length === 1) {
    return { ...values, seed: word, names: [] }
  }
  throw new TypeError(`Nobody asks for “${positionals.join(' ')}”.`)
}

/**
 * Reads the arguments of `npm run simulate`.
 *
 * @throws TypeError when they make no sense.
 */
export function readCommand(args: readonly string[], today = new Date()): Command {
  const values = parse(args)
  const scenario = scenarioOf(values)
  const sizes = values['real-sizes'] ? 'real' : 'small'
  const repeat = atLeast(1, 'repeat', values.repeat ?? '1')
  const workers = atLeast(1, 'workers', values.workers ?? String(availableParallelism()))
  if (values.mutants) return mutantsCommand(values, workers)
  const most = boundsOf(values)
  if (values.shrink) {
    if (!scenario) throw new TypeError('--shrink takes a seed, or --file.')
    return { kind: 'shrink', scenario, sizes, most, out: values.out ?? newCase(scenario) }
  }
  if (scenario) return { kind: 'replay', scenario, sizes, repeat, most, isTraced: values.trace }
  const minutes = values.minutes === undefined ? undefined : positive('minutes', values.minutes)
  const count = minutes === undefined ? '100' : undefined
  const seeds = values.seeds ?? count
  const realEvery = values['real-every']
  return {
    kind: 'campaign',
    plan: {
      from: values['date-seed'] ? dateSeed(today) : atLeast(0, 'from', values.from ?? '1'),
      count: seeds === undefined ? Number.POSITIVE_INFINITY : atLeast(1, 'seeds', seeds),
      sizes,
      realEvery: realEvery === undefined ? undefined : atLeast(1, 'real-every', realEvery),
    },
    minutes: minutes ?? Number.POSITIVE_INFINITY,
    workers,
    repeat,
    most,
    showsCoverage: values.coverage,
  }
}

function mutantsCommand(values: Values, workers: number): MutantsCommand {
  return {
    kind: 'mutants',
    mutants: mutantsNamed(values.names),
    from: atLeast(0, 'from', values.from ?? '1'),
    seeds: atLeast(1, 'seeds', values.seeds ?? '1000'),
    workers,
    isShrunk: !values['no-shrinking'],
  }
}

function boundsOf({ 'max-bytes-ratio': ratio }: Values): Bounds {
  return ratio === undefined ? {} : { bytesRatio: positive('max-bytes-ratio', ratio) }
}

function scenarioOf({ seed, file }: Values): Scenario | undefined {
  // Only the simulation writes such files.
  if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8')) as Scenario
  return seed === undefined ? undefined : drawScenario(atLeast(0, 'seed', seed))
}

function newCase({ seed }: Scenario): string {
  return `test/simulation/cases/new/seed-${seed}.json`
}

function atLeast(least: number, name: string, text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= least && text.trim() !== '') return number
  throw new TypeError(`--${name} ${text}: it takes a whole number from ${least}.`)
}

function positive(name: string, text: string): number {
  const number = Number(text)
  if (number > 0) return number
  throw new TypeError(`--${name} ${text}: it takes a number above 0.`)
}

const dayMs = 24 * 3600_000
/** More than a day's seeds. */
const seedsOfDay = 10_000_000

function dateSeed(today: Date): number {
  return Math.floor(today.getTime() / dayMs) * seedsOfDay
}
