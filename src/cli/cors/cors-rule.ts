import { isDeepStrictEqual } from 'node:util'

/** A CORS rule as the AWS CLI and its documentation write it. */
export interface BucketCorsRule {
  readonly ID?: string
  readonly AllowedOrigins: readonly string[]
  readonly AllowedMethods: readonly string[]
  readonly AllowedHeaders?: readonly string[]
  readonly ExposeHeaders?: readonly string[]
  readonly MaxAgeSeconds?: number
}

/** By this name a later run finds the rule again. */
const ruleId = 's3-direct-upload'

/** How long a browser may remember the answer to a preflight; Chromium remembers none longer than two hours. */
export const maxAgeSeconds = 3600

/**
 * Adds what uploads need to the rules of a bucket.
 *
 * The rule stands first, because S3 answers with the first that fits; every other rule stays as it is. Where one of them
 * answered the same pages until now, the rule exposes what that one did: other uploaders of the app read `ETag`.
 */
export function mergeCorsRules(
  rules: readonly BucketCorsRule[],
  origins: readonly string[],
): readonly BucketCorsRule[] {
  const earlier = rules.find(({ ID }) => ID === ruleId)
  const others = rules.filter((rule) => rule !== earlier)
  const wanted: BucketCorsRule = {
    ID: ruleId,
    AllowedOrigins: united(earlier?.AllowedOrigins, origins),
    AllowedMethods: united(['POST', 'PUT'], earlier?.AllowedMethods),
    AllowedHeaders: ['*'],
    MaxAgeSeconds: maxAgeSeconds,
  }
  const covered = others.filter((other) => answersTheSame(other, wanted))
  const exposed = united(
    earlier?.ExposeHeaders,
    covered.flatMap(({ ExposeHeaders = [] }) => ExposeHeaders),
  )
  return [{ ...wanted, ...(exposed.length > 0 && { ExposeHeaders: exposed }) }, ...others]
}

/** Tells whether two lists of rules mean the same; storages keep texts of a rule in an order of their own. */
export function areSameRules(
  one: readonly BucketCorsRule[],
  other: readonly BucketCorsRule[],
): boolean {
  return isDeepStrictEqual(one.map(inOrder), other.map(inOrder))
}

function inOrder(rule: BucketCorsRule): object {
  const entries = Object.entries(rule).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.toSorted() : value,
  ])
  return Object.fromEntries(entries)
}

function answersTheSame(one: BucketCorsRule, other: BucketCorsRule): boolean {
  return (
    one.AllowedMethods.some((method) => other.AllowedMethods.includes(method)) &&
    one.AllowedOrigins.some((pattern) =>
      other.AllowedOrigins.some((origin) => canMeet(pattern, origin)),
    )
  )
}

/** Tells whether two patterns, each with one `*` at most, can stand for the same origin. */
function canMeet(one: string, other: string): boolean {
  const [headOfOne, tailOfOne] = endsOf(one)
  const [headOfOther, tailOfOther] = endsOf(other)
  return (
    (headOfOne.startsWith(headOfOther) || headOfOther.startsWith(headOfOne)) &&
    (tailOfOne.endsWith(tailOfOther) || tailOfOther.endsWith(tailOfOne))
  )
}

function endsOf(pattern: string): readonly [head: string, tail: string] {
  const [head = '', tail = head] = pattern.split('*')
  return [head, tail]
}

function united(first: readonly string[] = [], second: readonly string[] = []): readonly string[] {
  return [...new Set([...first, ...second])]
}
