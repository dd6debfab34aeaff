import { childrenNamed, childText, parseXml, type XmlElement } from '../../../s3/xml.js'
import { type LifecycleRule, lifecycleRules } from '../../../server/objects/lifecycle-rules.js'
import { isUnclaimed } from '../../../server/objects/unclaimed-tag.js'
import { signingDefaults } from '../../../server/options/signing-options.js'
import { isDenied, isUnsupported, outcomeOf } from '../../bucket/answer.js'
import { awsS3ApiLine } from '../../bucket/aws-line.js'
import type { Check, Doctor } from '../doctor.js'
import type { Finding, Fix } from '../finding.js'

/** Looks for the rules that remove what nobody finishes, and what nobody claims. */
export const lifecycleCheck: Check = {
  name: 'lifecycle',
  title: 'lifecycle rules remove what nobody finishes or claims',
  async run(doctor) {
    const answer = await doctor.bucket.send({ method: 'GET', query: { lifecycle: '' } })
    const hasNone = answer.code === 'NoSuchLifecycleConfiguration'
    if (isDenied(answer)) {
      return {
        notes: [
          'The lifecycle rules may not be read (s3:GetLifecycleConfiguration): look yourself.',
        ],
      }
    }
    if (isUnsupported(answer)) return { notes: ['The storage has no lifecycle rules.'] }
    if (!answer.isSuccess && !hasNone) {
      return { notes: [`The lifecycle rules could not be read: ${outcomeOf(answer)}.`] }
    }
    const rules = hasNone ? [] : childrenNamed(parseXml(answer.body), 'Rule')
    const wanted = wantedRules(doctor)
    const hasty = hastyRule(rules, wanted, doctor)
    if (hasty) return { findings: [hasty] }
    const missing = wanted.filter((rule) => !isServed(rule, rules, doctor))
    const [first] = missing
    if (!first) return {}
    const finding = first.Expiration ? unclaimed : unfinished
    return {
      findings: [{ id: 'lifecycle', ...finding, fix: lifecycleFix(doctor, missing, rules) }],
    }
  },
}

const unfinished = {
  problem: 'No lifecycle rule of the bucket removes unfinished multipart uploads.',
  reason: 'Their parts are invisible, stay for ever, and are paid for.',
}

const unclaimed = {
  problem: 'No lifecycle rule of the bucket expires uploads that nobody claims.',
  reason: "With unclaimed: 'tag' that is what the tag is for; without the rule they stay for ever.",
}

function wantedRules({ config, unclaimed }: Doctor): readonly LifecycleRule[] {
  return lifecycleRules({ ...signingDefaults, prefix: config.prefix ?? '', unclaimed })
}

function isServed(wanted: LifecycleRule, rules: readonly XmlElement[], doctor: Doctor): boolean {
  return rules.some((rule) => daysOf(rule, wanted, doctor) !== undefined)
}

/** A rule that removes what pages may still go on with, or an app may still claim. */
function hastyRule(
  rules: readonly XmlElement[],
  wanted: readonly LifecycleRule[],
  doctor: Doctor,
): Finding | undefined {
  for (const each of wanted) {
    const { DaysAfterInitiation: fewest = each.Expiration?.Days ?? 0 } =
      each.AbortIncompleteMultipartUpload ?? {}
    const days = rules
      .map((rule) => daysOf(rule, each, doctor))
      .find((count = fewest) => count < fewest)
    if (days === undefined) continue
    const what = each.Expiration ? 'unclaimed uploads' : 'unfinished uploads'
    return {
      id: 'lifecycle-days',
      problem: `A lifecycle rule of the bucket removes ${what} after ${days} days.`,
      reason:
        'Tokens and receipts live longer: a page that goes on, or an app that claims, comes too late.',
      fix: { text: `Raise it to ${fewest} days or more.` },
    }
  }
  return undefined
}

/** After how many days a rule of the bucket does what is wanted; undefined where it does something else. */
function daysOf(rule: XmlElement, wanted: LifecycleRule, { config }: Doctor): number | undefined {
  const isEnabled = childText(rule, 'Status')?.trim() === 'Enabled'
  if (!isEnabled || !isAbout(rule, config.prefix ?? '')) return undefined
  if (wanted.Expiration) {
    return hasUnclaimedTag(rule) ? numberIn(rule, 'Expiration', 'Days') : undefined
  }
  return numberIn(rule, 'AbortIncompleteMultipartUpload', 'DaysAfterInitiation')
}

function numberIn(rule: XmlElement, action: string, unit: string): number | undefined {
  const [element] = childrenNamed(rule, action)
  return element && Number(childText(element, unit) ?? Number.POSITIVE_INFINITY)
}

function hasUnclaimedTag(rule: XmlElement): boolean {
  const tags = childrenNamed(conditionsOf(rule), 'Tag').map((tag) => [
    childText(tag, 'Key') ?? '',
    childText(tag, 'Value') ?? '',
  ])
  return isUnclaimed(Object.fromEntries(tags))
}

function isAbout(rule: XmlElement, prefix: string): boolean {
  return prefix.startsWith(childText(conditionsOf(rule), 'Prefix') ?? '')
}

/** Several conditions stand in an `And`, and old rules have their prefix beside everything else. */
function conditionsOf(rule: XmlElement): XmlElement {
  const filter = childrenNamed(rule, 'Filter')[0] ?? rule
  return childrenNamed(filter, 'And')[0] ?? filter
}

function lifecycleFix(
  { bucket }: Doctor,
  missing: readonly LifecycleRule[],
  existing: readonly XmlElement[],
): Fix {
  if (existing.length > 0) {
    return {
      text: `Add what is missing to the rules that the bucket has (${existing.length}); put-bucket-lifecycle-configuration replaces all, so begin with what this line prints.`,
      json: missing.length === 1 ? missing[0] : missing,
      command: awsS3ApiLine('get-bucket-lifecycle-configuration', bucket.location, []),
    }
  }
  const configuration = { Rules: missing }
  return {
    text: missing.length === 1 ? 'Put this rule on the bucket.' : 'Put these rules on the bucket.',
    json: configuration,
    command: awsS3ApiLine('put-bucket-lifecycle-configuration', bucket.location, [
      '--lifecycle-configuration',
      JSON.stringify(configuration),
    ]),
  }
}
