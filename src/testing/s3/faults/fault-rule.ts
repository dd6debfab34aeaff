import { routes, type S3OperationName } from '../http/operation-routes.js'
import { effectProblems, type FaultEffect, isCount } from './fault-effect.js'

/** Which requests of a test S3 fail, and how. */
export interface FaultRule {
  /** @default every operation; `Preflight` only for `offline` and `cors-off`, else it must be named to be hit */
  readonly operation?: S3OperationName | readonly S3OperationName[]
  /** @default any, or none at all */
  readonly bucket?: string
  /** The whole key, or a pattern that finds something in it; also of a posted form. @default any, or none at all */
  readonly key?: string | RegExp
  /** Of UploadPart and UploadPartCopy. @default any, or none at all */
  readonly partNumber?: number
  /** The first request that is hit, counted from 1 among those that match. @default 1 */
  readonly nth?: number
  /** How many matching requests in a row are hit. @default 1 where `nth` is given, else Infinity */
  readonly times?: number
  /** What happens; a function decides it for each request that is hit, and spares one with `undefined`. */
  readonly effect: FaultEffect | ((request: FaultableRequest) => FaultEffect | undefined)
}

/** What a rule sees of a request. */
export interface FaultableRequest {
  readonly operation: S3OperationName
  readonly bucket?: string
  /** Of a posted form only where a rule names a key: it has to be read for that. */
  readonly key?: string
  readonly partNumber?: number
  /** Counted from 1 among the requests that match the rule. */
  readonly nth: number
}

const operationNames: ReadonlySet<string> = new Set([
  ...routes.map(({ operation }) => operation),
  'Preflight',
])

/**
 * Checks a rule when it is added.
 *
 * @throws TypeError with all problems in one message.
 */
export function requireFaultRule({
  operation = [],
  partNumber = 1,
  nth = 1,
  times = 1,
  effect,
}: FaultRule): void {
  const problems = [operation]
    .flat()
    .filter((name) => !operationNames.has(name))
    .map((name) => `operation: "${name}" must be one of ${[...operationNames].join(', ')}`)
  if (!Number.isSafeInteger(partNumber))
    problems.push(`partNumber: ${partNumber} must be a whole number`)
  if (!Number.isSafeInteger(nth) || nth < 1)
    problems.push(`nth: ${nth} must be a whole number from 1`)
  if (!isCount(times) || times < 1) problems.push(`times: ${times} must be a whole number from 1`)
  if (typeof effect !== 'function') problems.push(...effectProblems(effect))
  requireNone(problems)
}

/** Whether a rule is about such a request, the count aside. */
export function matchesRule(
  rule: FaultRule,
  request: Omit<FaultableRequest, 'nth'>,
  { withKey = true } = {},
): boolean {
  const { bucket = request.bucket, partNumber = request.partNumber } = rule
  return (
    isOperationWanted(rule, request.operation) &&
    bucket === request.bucket &&
    partNumber === request.partNumber &&
    (!withKey || isKeyWanted(rule.key, request.key))
  )
}

/**
 * Finds what a rule does to the nth request that matches it, if anything.
 *
 * @throws TypeError when the effect that a function chose cannot work.
 */
export function effectOf(rule: FaultRule, request: FaultableRequest): FaultEffect | undefined {
  const { nth = 1, times = rule.nth === undefined ? Number.POSITIVE_INFINITY : 1 } = rule
  if (request.nth < nth || request.nth >= nth + times) return undefined
  if (typeof rule.effect !== 'function') return rule.effect
  const effect = rule.effect(request)
  if (effect) requireNone(effectProblems(effect))
  return effect
}

function isOperationWanted({ operation, effect }: FaultRule, asked: S3OperationName): boolean {
  if (operation !== undefined) return [operation].flat().includes(asked)
  // A rule for any request means what a page asks for; these mean the browser's question before it too.
  const hitsPreflights =
    typeof effect !== 'function' && (effect.kind === 'offline' || effect.kind === 'cors-off')
  return asked !== 'Preflight' || hitsPreflights
}

function isKeyWanted(wanted: FaultRule['key'], key: string | undefined): boolean {
  if (wanted === undefined) return true
  if (key === undefined) return false
  // Unlike `test` this does not depend on what a global pattern has found before.
  return typeof wanted === 'string' ? key === wanted : key.search(wanted) >= 0
}

function requireNone(problems: readonly string[]): void {
  if (problems.length === 0) return
  throw new TypeError(
    `s3-direct-upload: the test S3 cannot have this fault. ${problems.join('; ')}.`,
  )
}
