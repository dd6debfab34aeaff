import type { S3Answer } from '../../../s3-client/s3-answer.js'
import { signingDefaults } from '../../../server/config/signing-defaults.js'
import {
  lifecycleRules,
  type NeededLifecycleRule,
} from '../../../server/objects/lifecycle-rules.js'
import { shellLine } from '../../bucket/aws-line.js'
import { readRules, rulesLine } from '../../bucket/bucket-rules.js'
import { isDenied, isForeign, isUnsupported } from '../../bucket/judge-answer.js'
import { type BucketLifecycle, bucketLifecycle } from '../../lifecycle/bucket-lifecycle.js'
import { type HastyRule, mergeLifecycle } from '../../lifecycle/lifecycle-merge.js'
import type { CheckOutcome, Doctor, DoctorCheck } from '../examination/doctor.js'
import type { Finding, Fix } from '../examination/finding.js'
import { foreignAnswerFinding } from '../examination/foreign-answer-finding.js'

/** Looks for the rules that remove uploads that were not finished, and those that were not claimed. */
export const lifecycleCheck: DoctorCheck = {
  name: 'lifecycle',
  title: 'lifecycle rules remove what nobody finishes or claims',
  async run(doctor) {
    const found = await readRules(doctor.bucket, bucketLifecycle)
    if (found.refused !== undefined) return withoutRules(found.refused, found.answer, doctor)
    const { config, unclaimed } = doctor
    const { prefix = '' } = config
    const needed = lifecycleRules({ ...signingDefaults, prefix, unclaimed })
    const { rules, missing, hasty } = mergeLifecycle(found.rules.rules, needed)
    const fix = lifecycleFix({ ...found.rules, rules }, doctor)
    const [first] = missing
    const [tooSoon] = hasty
    if (tooSoon) return { findings: [hastyFinding(tooSoon, fix)] }
    return first ? { findings: [{ id: 'lifecycle', ...problemOf(first), fix }] } : {}
  },
}

function withoutRules(refused: string, answer: S3Answer, doctor: Doctor): CheckOutcome {
  if (isForeign(answer)) {
    return { findings: [foreignAnswerFinding(answer, 'GetBucketLifecycleConfiguration', doctor)] }
  }
  if (isUnsupported(answer)) return { notes: ['The storage has no lifecycle rules.'] }
  const hint = 'The lifecycle rules may not be read (s3:GetLifecycleConfiguration): look yourself.'
  return { notes: [isDenied(answer) ? hint : `The lifecycle rules could not be read. ${refused}`] }
}

function problemOf({ Expiration }: NeededLifecycleRule): Pick<Finding, 'problem' | 'reason'> {
  if (!Expiration) {
    return {
      problem: 'No lifecycle rule of the bucket removes unfinished multipart uploads.',
      reason: 'Their parts are invisible, stay for ever, and are paid for.',
    }
  }
  return {
    problem: 'No lifecycle rule of the bucket expires uploads that nobody claims.',
    reason:
      "With unclaimed: 'tag' that is what the tag is for; without the rule they stay for ever.",
  }
}

function hastyFinding({ rule, needed, days, minDays, isOwn }: HastyRule, fix: Fix): Finding {
  const what = needed.Expiration ? 'unclaimed uploads' : 'unfinished uploads'
  return {
    id: 'lifecycle-days',
    problem: `A lifecycle rule of the bucket (${JSON.stringify(rule.ID ?? '')}) removes ${what} after ${days} days.`,
    reason:
      'Tokens and receipts live longer: a page that goes on, or an app that claims, comes too late.',
    fix: isOwn ? fix : { text: `Raise it to ${minDays} days or more.` },
  }
}

function lifecycleFix(lifecycle: BucketLifecycle, { bucket, unclaimed }: Doctor): Fix {
  const tag = unclaimed === 'tag' ? ['--unclaimed', 'tag'] : []
  const command = shellLine(['s3-direct-upload', 'lifecycle', ...tag, '--apply'])
  return {
    text: `Put these lifecycle rules on the bucket, with the line below or with: ${command}.`,
    json: bucketLifecycle.toJson(lifecycle),
    command: rulesLine(bucket, bucketLifecycle, lifecycle),
  }
}
