import type { Accepts } from './option-values.js'

/** Which values can stay, and what to say of the others: the reason and the way out. */
export type Check = readonly [accepts: Accepts, problem: string]

/** Options as they may really arrive: from JavaScript, or from a variable that is not set. */
export type Unchecked = Readonly<Record<string, unknown>>

/** Lists the options whose value a check does not accept; `path` stands before their names. */
export function failedChecks(
  given: Unchecked,
  checks: Readonly<Record<string, Check>>,
  path: string,
): string[] {
  return Object.entries(checks)
    .filter(([option, [accepts]]) => !accepts(given[option]))
    .map(([option, [, problem]]) => `${path}${option}: ${problem}`)
}

/** Which names are known, and which may have been meant by others. */
export interface KnownNames {
  readonly checks: object
  /** Stands before the names. */
  readonly path: string
  /** Names that may have been meant in another spelling, with their paths. */
  readonly known?: readonly string[]
  /** What other libraries call an option → its name here. */
  readonly synonyms?: Readonly<Record<string, string>>
}

/** Lists the options that nobody knows. */
export function unknownNames(
  given: Unchecked,
  { checks, path, known = [], synonyms = {} }: KnownNames,
): string[] {
  return Object.keys(given)
    .filter((name) => !Object.hasOwn(checks, name))
    .map((name) => {
      const synonym = Object.hasOwn(synonyms, name) ? synonyms[name] : undefined
      const meant = synonym ?? known.find((candidate) => isSameName(lastName(candidate), name))
      const advice = meant ? `Did you mean ${meant}?` : 'Check its spelling, or leave it out.'
      return `${path}${name}: is not known. ${advice}`
    })
}

/**
 * Throws what is wrong with a value that a function of the app returned.
 *
 * @throws TypeError for `onError`; the client hears only of an internal error.
 */
export function requireNoProblems(name: string, problems: readonly string[]): void {
  if (problems.length === 0) return
  const list = problems.map((problem) => `\n- ${problem}`).join('')
  throw new TypeError(`s3-direct-upload: what ${name} returned cannot be used.${list}`)
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
