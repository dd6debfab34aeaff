import type { Bounds } from '../cases/kept-case.js'
import { positiveNumber, wholeNumber } from '../option-values.js'
import type { CampaignCommand } from './run-campaign.js'
import type { Sizes } from './worker-process.js'

/** Options of the command line that are about many seeds. */
export const campaignOptions = {
  seeds: { type: 'string' },
  from: { type: 'string' },
  'date-seed': { type: 'boolean', default: false },
  minutes: { type: 'string' },
  'real-every': { type: 'string' },
  results: { type: 'string' },
  resume: { type: 'string' },
  night: { type: 'boolean', default: false },
  verdicts: { type: 'string' },
  coverage: { type: 'boolean', default: false },
} as const

/** Their values. */
export type CampaignValues = {
  readonly [Name in keyof typeof campaignOptions]?:
    | ((typeof campaignOptions)[Name]['type'] extends 'boolean' ? boolean : string)
    | undefined
}

/** What the options of all runs say. */
interface RunOptions {
  readonly sizes: Sizes
  readonly workers: number
  readonly repeat: number
  readonly most: Bounds
  readonly isOfServers: boolean
  readonly today: Date
}

const defaultSeeds = 100
const nightFile = 'test-results/simulation/night.jsonl'
const night: CampaignValues = { minutes: '480', 'real-every': '100', resume: nightFile }

/** Reads which seeds are to be run; a night goes on where the last one of the same source has stopped. */
export function readCampaign(given: CampaignValues, options: RunOptions): CampaignCommand {
  const { today, sizes, ...rest } = options
  const values = given.night ? { ...night, ...withoutUndefined(given) } : given
  const { minutes, seeds, from = '1', resume, results = resume, verdicts } = values
  const realEvery = values['real-every']
  const defaultCount = minutes === undefined ? defaultSeeds : Number.POSITIVE_INFINITY
  return {
    kind: 'campaign',
    plan: {
      from: values['date-seed'] ? dateSeed(today) : wholeNumber('from', from, 0),
      count: seeds === undefined ? defaultCount : wholeNumber('seeds', seeds, 1),
      sizes,
      realEvery: realEvery === undefined ? undefined : wholeNumber('real-every', realEvery, 1),
    },
    minutes: minutes === undefined ? Number.POSITIVE_INFINITY : positiveNumber('minutes', minutes),
    resultsPath: results,
    isResumed: resume !== undefined,
    verdictsPath: verdicts,
    showsCoverage: values.coverage === true,
    ...rest,
  }
}

function withoutUndefined(values: CampaignValues): CampaignValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

const dayMs = 24 * 3600_000
/** More than a day's seeds. */
const seedsOfDay = 10_000_000

function dateSeed(today: Date): number {
  return Math.floor(today.getTime() / dayMs) * seedsOfDay
}
