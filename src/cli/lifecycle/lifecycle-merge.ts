import { isDeepStrictEqual } from 'node:util'
import type { NeededLifecycleRule } from '../../server/objects/lifecycle-rules.js'
import type { RuleObject, RuleValue } from './lifecycle-shape.js'

/** A rule that does what is needed, with its days. */
export interface HastyRule {
  readonly rule: RuleObject
  readonly needed: NeededLifecycleRule
  readonly days: number
  /** How many days it has to wait at least. */
  readonly minDays: number
  /** Whether an earlier run wrote it: then its days are raised. */
  readonly isOwn: boolean
}

/** The rules of a bucket together with those that uploads need. */
interface MergedLifecycle {
  /** Every rule of the bucket stands among them. */
  readonly rules: readonly RuleObject[]
  /** What was missing, or was switched off. */
  readonly missing: readonly NeededLifecycleRule[]
  /** Rules that come too soon; those of others are left as they are. */
  readonly hasty: readonly HastyRule[]
}

/**
 * Adds what uploads need to the rules of a bucket.
 *
 * Nothing is added where a rule does it already. A rule of an earlier run, which has the name and the filter of a needed
 * one, is switched on and its days are raised; every other rule stays as it is.
 */
export function mergeLifecycle(
  existing: readonly RuleObject[],
  needed: readonly NeededLifecycleRule[],
): MergedLifecycle {
  let rules = existing
  const missing: NeededLifecycleRule[] = []
  const hasty: HastyRule[] = []
  for (const need of needed) {
    const merged = mergeRule(rules, need)
    if (merged.hasty) hasty.push(merged.hasty)
    else if (merged.rules !== rules) missing.push(need)
    rules = merged.rules
  }
  return { rules: rules === existing ? existing : rules.map(withFilter), missing, hasty }
}

/** Says to people what is wrong with a rule that comes too soon. */
export function describeHasty({ rule, needed, days, minDays }: HastyRule): string {
  const what = needed.Expiration ? 'unclaimed uploads' : 'unfinished uploads'
  return (
    `The rule ${JSON.stringify(rule.ID ?? '')} was left as it is, but it removes ${what} after ${days} days: ` +
    `pages may still go on with them, or your app claim them. Raise it to ${minDays} days or more.`
  )
}

function mergeRule(
  rules: readonly RuleObject[],
  need: NeededLifecycleRule,
): { readonly rules: readonly RuleObject[]; readonly hasty?: HastyRule } {
  const own = rules.find((rule) => isOwn(rule, need))
  const id = typeof own?.ID === 'string' ? own.ID : freeId(need, rules)
  const added = toRuleObject({ ...need, ID: id })
  const serving = rules
    .flatMap((rule) => servingRule(rule, need, own))
    .toSorted((one, other) => one.days - other.days)
  const [soonest] = serving
  const withAdded = () =>
    own ? rules.map((rule) => (rule === own ? added : rule)) : [...rules, added]
  if (!soonest) return { rules: withAdded() }
  if (soonest.days >= soonest.minDays) return { rules }
  return { rules: soonest.isOwn ? withAdded() : rules, hasty: soonest }
}

function servingRule(
  rule: RuleObject,
  needed: NeededLifecycleRule,
  own: RuleObject | undefined,
): readonly HastyRule[] {
  const days = daysOf(rule, needed)
  const minDays = daysOfNeed(needed)
  return days === undefined ? [] : [{ rule, needed, days, minDays, isOwn: rule === own }]
}

/** A rule that an earlier run wrote: by its name, and with nothing in it but what such a run writes. */
function isOwn(rule: RuleObject, need: NeededLifecycleRule): boolean {
  const { ID, Filter } = withFilter(rule)
  const isNamed = typeof ID === 'string' && (ID === need.ID || ID.startsWith(`${need.ID}-`))
  const names = Object.keys(withFilter(rule)).toSorted()
  return (
    isNamed &&
    isDeepStrictEqual(conditionsOf({ Filter: Filter ?? {} }), conditionsOf(toRuleObject(need))) &&
    isDeepStrictEqual(names, Object.keys(need).toSorted())
  )
}

/** Several apps may share a bucket, each with a prefix of its own. */
function freeId(need: NeededLifecycleRule, rules: readonly RuleObject[]): string {
  const taken = new Set(rules.map(({ ID }) => ID))
  let id = need.ID
  for (let number = 2; taken.has(id); number += 1) id = `${need.ID}-${number}`
  return id
}

/** After how many days a rule does what is needed; `undefined` where it does something else. */
function daysOf(rule: RuleObject, need: NeededLifecycleRule): number | undefined {
  if (rule.Status !== 'Enabled' || !isAbout(rule, need)) return undefined
  const [action, unit] = actionOf(need)
  const days = memberOf(memberOf(rule, action), unit)
  return typeof days === 'number' ? days : undefined
}

function daysOfNeed(need: NeededLifecycleRule): number {
  return need.Expiration?.Days ?? need.AbortIncompleteMultipartUpload?.DaysAfterInitiation ?? 0
}

function actionOf(need: NeededLifecycleRule): readonly [action: string, unit: string] {
  return need.Expiration
    ? ['Expiration', 'Days']
    : ['AbortIncompleteMultipartUpload', 'DaysAfterInitiation']
}

/** Whether a rule is about everything that the needed one is about. */
function isAbout(rule: RuleObject, need: NeededLifecycleRule): boolean {
  const { prefix, ...others } = conditionsOf(rule)
  const { prefix: neededPrefix, ...neededOthers } = conditionsOf(toRuleObject(need))
  return neededPrefix.startsWith(prefix) && isDeepStrictEqual(others, neededOthers)
}

interface Conditions {
  readonly prefix: string
  /** Texts of the form `key=value`, in order. */
  readonly tags: readonly string[]
  readonly sizes: readonly (RuleValue | undefined)[]
}

/** Several conditions stand in an `And`, and old rules have their prefix beside everything else. */
function conditionsOf(rule: RuleObject): Conditions {
  const filter = memberOf(rule, 'Filter')
  const conditions = memberOf(filter, 'And') ?? filter ?? rule
  const prefix = memberOf(conditions, 'Prefix')
  const tags = [memberOf(conditions, 'Tags') ?? memberOf(conditions, 'Tag') ?? []].flat()
  return {
    prefix: typeof prefix === 'string' ? prefix : '',
    tags: tags.map((tag) => `${memberOf(tag, 'Key')}=${memberOf(tag, 'Value')}`).toSorted(),
    sizes: ['ObjectSizeGreaterThan', 'ObjectSizeLessThan'].map((name) =>
      memberOf(conditions, name),
    ),
  }
}

/**
 * S3 takes no rules with a filter beside rules of the old form, whose prefix stands outside. Both mean the same.
 */
function withFilter(rule: RuleObject): RuleObject {
  const { Prefix, Filter, ...others } = rule
  return Prefix === undefined || Filter !== undefined ? rule : { Filter: { Prefix }, ...others }
}

function memberOf(value: RuleValue | undefined, name: string): RuleValue | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

/** What the server writes is JSON of the same form. */
function toRuleObject(need: NeededLifecycleRule): RuleObject {
  return JSON.parse(JSON.stringify(need)) as RuleObject
}
