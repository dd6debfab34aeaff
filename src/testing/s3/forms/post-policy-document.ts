import { parseDate } from '../../../s3/date-text.js'
import { fromBase64 } from '../../../sigv4/crypto.js'
import { TestS3Error } from '../model/test-s3-error.js'

/** One condition of a POST policy on a form field; field names in lower case, without `$`. */
export interface FieldCondition {
  readonly operator: 'eq' | 'starts-with'
  readonly field: string
  readonly value: string
}

/** A POST policy, its form checked. */
export interface PostPolicyDocument {
  /** In milliseconds since 1970. */
  readonly expirationMs: number
  readonly conditions: readonly FieldCondition[]
  /** The sizes allowed, both ends included. */
  readonly minBytes: number
  readonly maxBytes: number
}

const decoder = new TextDecoder('utf-8', { fatal: true })
const gmtTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

/**
 * Reads the policy of a form.
 *
 * @throws TestS3Error `InvalidPolicyDocument` when it is not one.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
 */
export function readPolicyDocument(base64: string): PostPolicyDocument {
  const { expiration, conditions, ...others } = parsePolicy(base64)
  const [unexpected] = Object.keys(others)
  if (unexpected !== undefined) throw invalid(`Unexpected: '${unexpected}'`)
  if (expiration === undefined) throw invalid('Policy missing expiration.')
  if (!Array.isArray(conditions)) throw invalid('Policy missing conditions.')
  const ranges = conditions.filter(isLengthRange).map(readLengthRange)
  return {
    expirationMs: readExpiration(expiration),
    conditions: conditions.filter((condition) => !isLengthRange(condition)).map(readCondition),
    minBytes: Math.max(0, ...ranges.map(([min]) => min)),
    maxBytes: Math.min(Number.POSITIVE_INFINITY, ...ranges.map(([, max]) => max)),
  }
}

function parsePolicy(base64: string): Record<string, unknown> {
  const policy = parseJson(base64)
  if (isRecord(policy)) return policy
  throw invalid('Invalid JSON.')
}

function parseJson(base64: string): unknown {
  try {
    return JSON.parse(decoder.decode(fromBase64(base64)))
  } catch {
    // Whether base64, UTF-8 or JSON is broken, the sender can only look at the policy.
    throw invalid('Invalid JSON.')
  }
}

function readExpiration(expiration: unknown): number {
  const timeMs = typeof expiration === 'string' ? parseDate(expiration) : undefined
  if (gmtTime.test(String(expiration)) && timeMs !== undefined) return timeMs
  throw invalid(`Invalid 'expiration' value: '${expiration}'`)
}

function isLengthRange(condition: unknown): condition is unknown[] {
  return Array.isArray(condition) && condition[0] === 'content-length-range'
}

function readLengthRange(condition: readonly unknown[]): [min: number, max: number] {
  if (condition.length !== 3) {
    throw invalid('Invalid content-length-range: it must have a minimum and a maximum.')
  }
  return [readSize(condition[1]), readSize(condition[2])]
}

function readSize(value: unknown): number {
  const size = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return size
  throw invalid('Invalid content-length-range: its ends must be whole numbers.')
}

function readCondition(condition: unknown): FieldCondition {
  if (Array.isArray(condition)) return readTriple(condition)
  if (isRecord(condition)) return readSimpleCondition(condition)
  throw invalid('Invalid Condition: it must be a list or an object.')
}

function readTriple(condition: readonly unknown[]): FieldCondition {
  const [operator, field, value] = condition
  if (operator !== 'eq' && operator !== 'starts-with') {
    throw invalid(`Invalid Condition: unknown operation '${operator}'.`)
  }
  if (condition.length !== 3 || typeof field !== 'string' || typeof value !== 'string') {
    throw invalid(`Invalid Condition: '${operator}' needs a field and a text.`)
  }
  if (!field.startsWith('$')) throw invalid(`Invalid Condition: '${field}' must begin with '$'.`)
  return { operator, field: field.slice(1).toLowerCase(), value }
}

function readSimpleCondition(condition: Record<string, unknown>): FieldCondition {
  const [[field, value] = [], ...more] = Object.entries(condition)
  if (field === undefined || more.length > 0) {
    throw invalid(
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    )
  }
  if (typeof value !== 'string') {
    throw invalid('Invalid Simple-Condition: value must be a string.')
  }
  return { operator: 'eq', field: field.toLowerCase(), value }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(problem: string): TestS3Error {
  return new TestS3Error('InvalidPolicyDocument', `Invalid Policy: ${problem}`)
}
