import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { ReplayCommand } from './campaign/replay.js'
import type { CampaignCommand } from './campaign/run-campaign.js'
import { drawScenario } from './scenario/draw-scenario.js'
import type { Scenario } from './scenario/scenario.js'

/** What is to be done. */
export type Command = CampaignCommand | ReplayCommand

const options = {
  seeds: { type: 'string' },
  from: { type: 'string' },
  'date-seed': { type: 'boolean', default: false },
  minutes: { type: 'string' },
  workers: { type: 'string' },
  repeat: { type: 'string' },
  'real-sizes': { type: 'boolean', default: false },
  'real-every': { type: 'string' },
  seed: { type: 'string' },
  file: { type: 'string' },
  trace: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof parse>

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options }).values
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
  if (scenario) return { kind: 'replay', scenario, sizes, repeat, isTraced: values.trace }
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
    workers: atLeast(1, 'workers', values.workers ?? String(availableParallelism())),
    repeat,
  }
}

function scenarioOf({ seed, file }: Values): Scenario | undefined {
  // Only the simulation writes such files.
  if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8')) as Scenario
  return seed === undefined ? undefined : drawScenario(atLeast(0, 'seed', seed))
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
