import { childrenNamed, childText, parseXml, type XmlElement } from '../../../s3/xml.js'
import { type LifecycleRule, lifecycleRules } from '../../../server/objects/lifecycle-rules.js'
import { isUnclaimed } from '../../../server/objects/unclaimed-tag.js'
import { signingDefaults } from '../../../server/options/signing-options.js'
import { isDenied, isUnsupported, outcomeOf } from '../../bucket/answer.js'
import { awsS3ApiLine } from '../../bucket/aws-line.js'
import type { Check, Doctor } from '../doctor.js'
import type { Fix } from '../finding.js'

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
    const missing = missingRules(rules, doctor)
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

function missingRules(rules: readonly XmlElement[], doctor: Doctor): readonly LifecycleRule[] {
  const prefix = doctor.config.prefix ?? ''
  const wanted = lifecycleRules({ ...signingDefaults, prefix, unclaimed: doctor.unclaimed })
  const existing = rules.filter((rule) => childText(rule, 'Status')?.trim() === 'Enabled')
  return wanted.filter(
    ({ Expiration }) =>
      !existing.some((rule) => (Expiration ? expiresUnclaimed : removesUploads)(rule, prefix)),
  )
}

function removesUploads(rule: XmlElement, prefix: string): boolean {
  return childrenNamed(rule, 'AbortIncompleteMultipartUpload').length > 0 && isAbout(rule, prefix)
}

function expiresUnclaimed(rule: XmlElement, prefix: string): boolean {
  const tags = childrenNamed(conditionsOf(rule), 'Tag').map((tag) => [
    childText(tag, 'Key') ?? '',
    childText(tag, 'Value') ?? '',
  ])
  const hasTag = isUnclaimed(Object.fromEntries(tags))
  return hasTag && childrenNamed(rule, 'Expiration').length > 0 && isAbout(rule, prefix)
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
