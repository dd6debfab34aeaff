import { parseAcceptEntry } from '../../protocol/accepted-types.js'
import { parseSize } from '../../protocol/byte-size.js'
import { isObject } from '../../protocol/is-object.js'
import { objectKeyProblem } from '../../s3/object-key.js'
import { maxPrefixBytes } from '../objects/object-key-naming.js'
import { minSecretLength } from '../tokens/token.js'

/** Tells whether an option may have a value. */
export type Accepts = (value: unknown) => boolean

/** Which values can stay, and what to say of the others: the reason and the way out. */
export type OptionCheck = readonly [accepts: Accepts, problem: string]

/** Options as they may really arrive: from JavaScript, or from a variable that is not set. */
type Unchecked = Readonly<Record<string, unknown>>

/** Accepts what `accepts` does, and an option that is left out. */
export function optional(accepts: Accepts): Accepts {
  return (value) => value === undefined || accepts(value)
}

/** Accepts a list whose every entry `accepts` does. */
export function listOf(accepts: Accepts): (value: unknown) => value is unknown[] {
  return (value): value is unknown[] => Array.isArray(value) && value.every(accepts)
}

/** Accepts what was written with braces, in any realm: no `Response`, error, date or other object of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Accepts visible ASCII with single blanks: others would be lost on the way, and the signature with them. */
export function isHeaderValue(value: unknown): boolean {
  return isText(value) && /^[!-~]+(?: [!-~]+)*$/.test(value)
}

export function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

export function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1
}

/** Accepts one secret, or a list of at least one. */
export function areSecrets(value: unknown): boolean {
  const secrets: readonly unknown[] = Array.isArray(value) ? value : [value]
  return (
    secrets.length > 0 &&
    secrets.every((secret) => isText(secret) && secret.trim().length >= minSecretLength)
  )
}

/** Accepts an access key, or a function that fetches one. */
export function isCredentialsSource(value: unknown): boolean {
  return (
    isFunction(value) ||
    (isObject(value) && isText(value.accessKeyId) && isText(value.secretAccessKey))
  )
}

/** Accepts the start of keys, with or without a slash at its end. */
export function isPrefix(value: unknown): boolean {
  if (value === '') return true
  // A policy reads "$" as the start of a variable.
  if (!isText(value) || value.includes('$')) return false
  const isShort = new TextEncoder().encode(value).length <= maxPrefixBytes
  return isShort && objectKeyProblem(value.replace(/\/$/, '')) === undefined
}

/** Accepts scheme, host and port, the way browsers write them in `Origin`. */
export function isOrigin(value: unknown): boolean {
  return isText(value) && URL.canParse(value) && new URL(value).origin === value && value !== 'null'
}

export function isSize(value: unknown): boolean {
  return parseSize(value) !== undefined
}

/** Accepts a size between two others, in bytes. */
export function isSizeWithin(
  value: unknown,
  { min, max = Number.POSITIVE_INFINITY }: { readonly min: number; readonly max?: number },
): boolean {
  const bytes = parseSize(value)
  return bytes !== undefined && bytes >= min && bytes <= max
}

export function isAcceptEntry(value: unknown): boolean {
  return isText(value) && parseAcceptEntry(value) !== undefined
}

/** Lists the options whose value a check does not accept; `path` stands before their names. */
export function failedChecks(
  given: Unchecked,
  checks: Readonly<Record<string, OptionCheck>>,
  path: string,
): string[] {
  return Object.entries(checks)
    .filter(([option, [accepts]]) => !accepts(given[option]))
    .map(([option, [, problem]]) => `${path}${option}: ${problem}`)
}

/** Which names are known, and which may have been meant by others. */
interface KnownNames {
  readonly checks: object
  /** Stands before the names. */
  readonly path: string
  /** Names that may have been meant in another spelling, with their paths. */
  readonly known?: readonly string[]
  /** What other libraries call an option → its name here. */
  readonly synonyms?: Readonly<Record<string, string>>
}

/** Lists the options that are not known. */
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
