import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { type AnyScenario, drawAnyScenario } from './campaign/any-scenario.js'
import { campaignOptions, readCampaign } from './campaign/read-campaign.js'
import type { ReplayCommand } from './campaign/replay.js'
import type { CampaignCommand } from './campaign/run-campaign.js'
import type { ShrinkCommand } from './campaign/shrink-case.js'
import type { Bounds } from './cases/kept-case.js'
import { type MutantsCommand, mutantsNamed } from './mutants/run-mutants.js'
import { positiveNumber, wholeNumber } from './option-values.js'
import { basesNamed } from './sweep/bases.js'
import type { SweepCommand } from './sweep/run-sweep.js'

/** What is to be done. */
export type Command =
  | CampaignCommand
  | MutantsCommand
  | ReplayCommand
  | ShrinkCommand
  | SweepCommand

const options = {
  ...campaignOptions,
  workers: { type: 'string' },
  repeat: { type: 'string' },
  'max-bytes-ratio': { type: 'string' },
  'real-sizes': { type: 'boolean', default: false },
  seed: { type: 'string' },
  server: { type: 'boolean', default: false },
  file: { type: 'string' },
  trace: { type: 'boolean', default: false },
  shrink: { type: 'boolean', default: false },
  mutants: { type: 'boolean', default: false },
  sweep: { type: 'string' },
  every: { type: 'string' },
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
  const repeat = wholeNumber('repeat', values.repeat ?? '1', 1)
  const workers = wholeNumber('workers', values.workers ?? String(availableParallelism()), 1)
  if (values.mutants) return mutantsCommand(values, workers)
  if (values.sweep !== undefined) {
    const every = wholeNumber('every', values.every ?? '1', 1)
    return { kind: 'sweep', bases: basesNamed(values.sweep), every, workers }
  }
  const most = boundsOf(values)
  if (values.shrink) {
    if (!scenario) throw new TypeError('--shrink takes a seed, or --file.')
    return { kind: 'shrink', scenario, sizes, most, out: values.out ?? newCase(scenario) }
  }
  if (scenario) return { kind: 'replay', scenario, sizes, repeat, most, isTraced: values.trace }
  const isOfServers = values.server
  return readCampaign(values, { sizes, workers, repeat, most, isOfServers, today })
}

function mutantsCommand(values: Values, workers: number): MutantsCommand {
  return {
    kind: 'mutants',
    mutants: mutantsNamed(values.names, values.server),
    from: wholeNumber('from', values.from ?? '1', 0),
    seeds: wholeNumber('seeds', values.seeds ?? '1000', 1),
    workers,
    isShrunk: !values['no-shrinking'],
    isOfServers: values.server,
    resultsPath: values.results ?? values.resume,
    isResumed: values.resume !== undefined,
  }
}

function boundsOf({ 'max-bytes-ratio': ratio }: Values): Bounds {
  return ratio === undefined ? {} : { bytesRatio: positiveNumber('max-bytes-ratio', ratio) }
}

function scenarioOf({ seed, file, server }: Values): AnyScenario | undefined {
  // Only the simulation writes such files.
  if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8')) as AnyScenario
  return seed === undefined ? undefined : drawAnyScenario(wholeNumber('seed', seed, 0), server)
}

function newCase(scenario: AnyScenario): string {
  const kind = 'callers' in scenario ? 'server-' : ''
  return `test/simulation/cases/new/${kind}seed-${scenario.seed}.json`
}
