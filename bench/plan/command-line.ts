import { parseArgs } from 'node:util'
import { type Load, loads } from './loads.js'
import { type SubjectName, subjectNames } from './subject-names.js'

/** What to run. */
export interface BenchOptions {
  readonly loads: readonly Load[]
  readonly subjects: readonly SubjectName[]
  readonly runs: number
  readonly roundTripMs: number
  /** Whether the package of this repository sends checksums; undefined leaves its default. */
  readonly checksum?: boolean | undefined
  /** A checkout of an earlier commit, which takes part as `before`. */
  readonly before?: string | undefined
  readonly output: string
  /** Only show what the file says. */
  readonly show: boolean
}

/** How to call it. */
export const usage = `npm run bench -- [options]
  --load NAMES       ${loads.map(({ name }) => name).join(', ')} (all)
  --subjects NAMES   ${subjectNames.join(', ')} (all)
  --runs N           runs of each (5)
  --round-trip MS    of the line (60)
  --checksum on|off  of "ours" (its default)
  --before DIR       a checkout of an earlier commit with its packages installed: the subject "before"
  --output FILE      where the results go (bench/results.json); those of other loads there are kept
  --show             runs nothing and prints the table of that file
Names are separated by commas.
`

/** Reads the arguments; throws an error that says what is wrong with them. */
export function readCommandLine(args: readonly string[], output: string): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      load: { type: 'string' },
      subjects: { type: 'string' },
      runs: { type: 'string', default: '5' },
      'round-trip': { type: 'string', default: '60' },
      checksum: { type: 'string' },
      before: { type: 'string' },
      output: { type: 'string', default: output },
      show: { type: 'boolean', default: false },
    },
  })
  const loadNames = chosen(
    'load',
    values.load,
    loads.map(({ name }) => name),
  )
  const { checksum, before } = values
  if (checksum !== undefined) chosen('checksum', checksum, ['on', 'off'])
  return {
    loads: loads.filter(({ name }) => loadNames.includes(name)),
    subjects: subjectsOf(values.subjects, before),
    before,
    runs: wholeNumber('runs', values.runs, 1),
    roundTripMs: wholeNumber('round-trip', values['round-trip'], 0),
    checksum: checksum === undefined ? undefined : checksum === 'on',
    output: values.output,
    show: values.show,
  }
}

function subjectsOf(names: string | undefined, before: string | undefined): readonly SubjectName[] {
  const subjects = chosen('subjects', names, subjectNames)
  if (before !== undefined) return subjects
  if (names === undefined) return subjects.filter((subject) => subject !== 'before')
  if (!subjects.includes('before')) return subjects
  throw new Error('--subjects before: name a checkout of the earlier commit with --before.')
}

function chosen<Name extends string>(
  option: string,
  text: string | undefined,
  names: readonly Name[],
): readonly Name[] {
  if (text === undefined) return names
  const wanted = text.split(',')
  const unknown = wanted.find((name) => !names.some((known) => known === name))
  if (unknown === undefined) return names.filter((name) => wanted.includes(name))
  throw new Error(`--${option} ${unknown}: there is ${names.join(', ')}.`)
}

function wholeNumber(option: string, text: string, smallest: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= smallest) return value
  throw new Error(`--${option} ${text}: give a whole number from ${smallest}.`)
}
