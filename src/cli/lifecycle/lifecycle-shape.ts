import type { XmlElement } from '../../s3/xml.js'
import type { XmlContent } from '../../s3/xml-writer.js'

/** A value of a rule in the JSON of the AWS CLI. */
export type RuleValue = string | number | boolean | RuleObject | readonly RuleValue[]

/** An element of a rule with others in it, in the JSON of the AWS CLI. */
export interface RuleObject {
  readonly [name: string]: RuleValue
}

/** What an element holds; where it may stand several times, `list` is the name that the JSON has for all of them. */
type Shape =
  | 'text'
  | 'number'
  | 'boolean'
  | { readonly list: string; readonly each: Members }
  | { readonly members: Members }

interface Members {
  readonly [element: string]: Shape
}

const tag: Members = { Key: 'text', Value: 'text' }
const prefixAndSize: Members = {
  Prefix: 'text',
  ObjectSizeGreaterThan: 'number',
  ObjectSizeLessThan: 'number',
}

/**
 * Everything that a lifecycle rule can hold. A rule with anything else would lose it when it is written back.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html
 */
const rule: Members = {
  ID: 'text',
  Prefix: 'text',
  Filter: {
    members: {
      ...prefixAndSize,
      Tag: { members: tag },
      And: { members: { ...prefixAndSize, Tag: { list: 'Tags', each: tag } } },
    },
  },
  Status: 'text',
  Transition: {
    list: 'Transitions',
    each: { Date: 'text', Days: 'number', StorageClass: 'text' },
  },
  Expiration: {
    members: { Date: 'text', Days: 'number', ExpiredObjectDeleteMarker: 'boolean' },
  },
  NoncurrentVersionTransition: {
    list: 'NoncurrentVersionTransitions',
    each: { NoncurrentDays: 'number', NewerNoncurrentVersions: 'number', StorageClass: 'text' },
  },
  NoncurrentVersionExpiration: {
    members: { NoncurrentDays: 'number', NewerNoncurrentVersions: 'number' },
  },
  AbortIncompleteMultipartUpload: { members: { DaysAfterInitiation: 'number' } },
}

/** Reads a rule; `undefined` where it holds something that is not known. */
export function readRule(element: XmlElement): RuleObject | undefined {
  return readMembers(element, rule)
}

/** Writes a rule as the element that holds it. */
export function ruleContent(value: RuleObject): XmlContent {
  return contentOf(value, rule)
}

function readMembers({ children }: XmlElement, members: Members): RuleObject | undefined {
  const read: Record<string, RuleValue> = {}
  for (const child of children) {
    const shape = Object.hasOwn(members, child.name) ? members[child.name] : undefined
    const value = shape && readValue(child, shape)
    if (shape === undefined || value === undefined) return undefined
    const name = nameOf(child.name, shape)
    const earlier = read[name]
    if (!isList(shape)) {
      if (earlier !== undefined) return undefined
      read[name] = value
    } else read[name] = [...(Array.isArray(earlier) ? earlier : []), value]
  }
  return read
}

function readValue(element: XmlElement, shape: Shape): RuleValue | undefined {
  const text = element.text.trim()
  switch (shape) {
    case 'text':
      return element.text
    case 'number':
      return /^\d+$/.test(text) ? Number(text) : undefined
    case 'boolean':
      return /^(?:true|false)$/.test(text) ? text === 'true' : undefined
    default:
      return readMembers(element, isList(shape) ? shape.each : shape.members)
  }
}

function contentOf(value: RuleValue, members: Members): XmlContent {
  if (typeof value !== 'object') return value
  const entries = Object.entries(members).map(([element, shape]) => {
    const held = Object.entries(value).find(([name]) => name === nameOf(element, shape))?.[1]
    return [element, held === undefined ? undefined : shapedContent(held, shape)] as const
  })
  return Object.fromEntries(entries)
}

function shapedContent(value: RuleValue, shape: Shape): XmlContent | readonly XmlContent[] {
  if (typeof shape === 'string') return contentOf(value, {})
  if (!isList(shape)) return contentOf(value, shape.members)
  return [value].flat().map((each) => contentOf(each, shape.each))
}

function nameOf(element: string, shape: Shape): string {
  return isList(shape) ? shape.list : element
}

function isList(shape: Shape): shape is Extract<Shape, { readonly list: string }> {
  return typeof shape === 'object' && 'list' in shape
}
