import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ProfileName, profileNames } from './profiles.js'

/** What is to be run. */
export interface Command {
  readonly profile: ProfileName
  readonly seeds: readonly number[]
  /** Prints what each scenario consists of. */
  readonly isVerbose: boolean
  /** Takes the results of the same commit that are there already instead of running those seeds again. */
  readonly isResumed: boolean
  /** Where results are written as they come. */
  readonly resultsPath: string
}

const defaultCounts = { faults: 320, hidden: 100, 'breaking-line': 60 } as const

/**
 * Reads `--profile NAME`, `--seed N`, `--count N`, `--first N`, `--resume`, `--results PATH`.
 *
 * @throws TypeError when they make no sense.
 */
export function readCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profile: { type: 'string', default: 'faults' },
      seed: { type: 'string', multiple: true },
      count: { type: 'string' },
      first: { type: 'string' },
      resume: { type: 'boolean', default: false },
      results: { type: 'string' },
    },
  })
  const profile = profileNames.find((name) => name === values.profile)
  if (!profile) throw new TypeError(`--profile is one of ${profileNames.join(', ')}.`)
  const command = {
    profile,
    isResumed: values.resume,
    resultsPath: values.results ?? join(tmpdir(), 's3-direct-upload-faults', `${profile}.jsonl`),
  }
  if (values.seed) return { ...command, seeds: values.seed.map(wholeNumber), isVerbose: true }
  const first = wholeNumber(values.first ?? '1')
  const count = wholeNumber(values.count ?? String(defaultCounts[profile]))
  const seeds = Array.from({ length: count }, (_, index) => first + index)
  return { ...command, seeds, isVerbose: false }
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new TypeError(`${text} is no whole number.`)
  return number
}
