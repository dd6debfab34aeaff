import { parseArgs } from 'node:util'

/** What is to be run. */
export interface Command {
  readonly seeds: readonly number[]
  /** Prints what each scenario consists of. */
  readonly isVerbose: boolean
}

/** 320 scenarios, 106 of them in a browser. */
const defaultCount = 320

/**
 * Reads `--seed N`, `--count N`, `--first N`, `--only node|browser`.
 *
 * @throws TypeError when they make no sense.
 */
export function readCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', multiple: true },
      count: { type: 'string' },
      first: { type: 'string' },
      only: { type: 'string' },
    },
  })
  if (values.seed) return { seeds: values.seed.map(wholeNumber), isVerbose: true }
  const first = wholeNumber(values.first ?? '1')
  const count = wholeNumber(values.count ?? String(defaultCount))
  const all = Array.from({ length: count }, (_, index) => first + index)
  const isWanted = (seed: number) =>
    values.only === undefined || (values.only === 'browser') === (seed % 3 === 0)
  return { seeds: all.filter(isWanted), isVerbose: false }
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new TypeError(`${text} is no whole number.`)
  return number
}
