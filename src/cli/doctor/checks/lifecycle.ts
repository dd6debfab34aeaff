import { childrenNamed, childText, parseXml, type XmlElement } from '../../../s3/xml.js'
import { isDenied, isUnsupported, outcomeOf } from '../../bucket/answer.js'
import { awsS3ApiLine } from '../../bucket/aws-line.js'
import type { Check, Doctor } from '../doctor.js'
import type { Fix } from '../finding.js'

/** A day after the last token of an upload has ended. */
const daysAfterInitiation = 7

/** Looks for the rule that removes the parts of uploads which nobody finishes. */
export const lifecycleCheck: Check = {
  name: 'lifecycle',
  title: 'a lifecycle rule removes unfinished uploads',
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
    const prefix = doctor.config.prefix ?? ''
    if (rules.some((rule) => removesUploads(rule, prefix))) return {}
    return {
      findings: [
        {
          id: 'lifecycle',
          problem: 'No lifecycle rule of the bucket removes unfinished multipart uploads.',
          reason: 'Their parts are invisible, stay for ever, and are paid for.',
          fix: lifecycleFix(doctor, rules.length),
        },
      ],
    }
  },
}

function removesUploads(rule: XmlElement, prefix: string): boolean {
  const filter = childrenNamed(rule, 'Filter')[0] ?? rule
  const both = childrenNamed(filter, 'And')[0] ?? filter
  return (
    childText(rule, 'Status')?.trim() === 'Enabled' &&
    childrenNamed(rule, 'AbortIncompleteMultipartUpload').length > 0 &&
    prefix.startsWith(childText(both, 'Prefix') ?? '')
  )
}

function lifecycleFix({ bucket, config }: Doctor, otherRules: number): Fix {
  const rule = {
    ID: 'abort-unfinished-uploads',
    Status: 'Enabled',
    Filter: { Prefix: config.prefix ?? '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: daysAfterInitiation },
  }
  if (otherRules > 0) {
    return {
      text: `Add this rule to the ${otherRules} that the bucket has; put-bucket-lifecycle-configuration replaces all, so begin with what this line prints.`,
      json: rule,
      command: awsS3ApiLine('get-bucket-lifecycle-configuration', bucket.location, []),
    }
  }
  const configuration = { Rules: [rule] }
  return {
    text: 'Put this rule on the bucket.',
    json: configuration,
    command: awsS3ApiLine('put-bucket-lifecycle-configuration', bucket.location, [
      '--lifecycle-configuration',
      JSON.stringify(configuration),
    ]),
  }
}
