import { TestS3Error } from '../model/test-s3-error.js'
import type { FieldCondition, PostPolicyDocument } from './post-policy-document.js'

/** What a policy is held against. */
interface PolicySubject {
  readonly bucket: string
  /** The form's fields, names in lower case; `key` with the file's name filled in. */
  readonly fields: ReadonlyMap<string, string>
  /** In milliseconds since 1970. */
  readonly nowMs: number
}

const uncheckedFields = new Set(['x-amz-signature', 'file', 'policy'])

/**
 * Holds a form against its policy: every condition must be met, and every field must have one.
 *
 * @throws TestS3Error `AccessDenied`, naming the condition or the field.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
 */
export function requirePolicy(policy: PostPolicyDocument, subject: PolicySubject): void {
  if (policy.expirationMs <= subject.nowMs) throw denied('Policy expired.')
  for (const condition of policy.conditions) {
    if (isMet(condition, subject)) continue
    const { operator, field, value } = condition
    const text = [operator, `$${field}`, value].map((item) => JSON.stringify(item)).join(', ')
    throw denied(`Policy Condition failed: [${text}]`)
  }
  requireNoOtherFields(policy, subject)
}

/**
 * Holds the size of the file against the policy.
 *
 * @throws TestS3Error `EntityTooSmall`
 */
export function requireMinimum({ minBytes }: PostPolicyDocument, size: number): void {
  if (size >= minBytes) return
  throw new TestS3Error(
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
    { ProposedSize: size, MinSizeAllowed: minBytes },
  )
}

function isMet({ operator, field, value }: FieldCondition, { bucket, fields }: PolicySubject) {
  const given = field === 'bucket' ? bucket : fields.get(field)
  if (given === undefined) return false
  if (operator === 'eq') return given === value
  if (field !== 'content-type') return given.startsWith(value)
  // Of several types, each one must be allowed.
  return given.split(',').every((type) => type.trim().startsWith(value))
}

function requireNoOtherFields({ conditions }: PostPolicyDocument, { fields }: PolicySubject): void {
  const covered = new Set(conditions.map(({ field }) => field))
  const others = [...fields.keys()].filter(
    (field) => !covered.has(field) && !uncheckedFields.has(field) && !field.startsWith('x-ignore-'),
  )
  if (others.length > 0) throw denied(`Extra input fields: ${others.join(', ')}`)
}

function denied(reason: string): TestS3Error {
  return new TestS3Error('AccessDenied', `Invalid according to Policy: ${reason}`)
}
