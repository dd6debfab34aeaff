import { childrenNamed, childText, type XmlContent, type XmlElement } from '../../s3/xml.js'
import type { BucketCall } from './operation-call.js'
import { malformedXml, receiveDocument } from './receive-document.js'
import { emptyResponse, xmlResponse } from './s3-response.js'
import type { LifecycleRule } from './storage.js'
import { TestS3Error } from './test-s3-error.js'

const maxRules = 1000
const knownConditions = new Set(['And', 'Prefix', 'Tag'])
const knownElements = new Set([
  'ID',
  'Status',
  'Filter',
  'Prefix',
  'AbortIncompleteMultipartUpload',
  'Expiration',
])

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export async function putBucketLifecycle(call: BucketCall): Promise<Response> {
  const document = await receiveDocument(call, 'LifecycleConfiguration')
  const lifecycle = childrenNamed(document, 'Rule').map(readRule)
  if (lifecycle.length === 0 || lifecycle.length > maxRules) throw malformedXml()
  await call.setup.catalog.changeBucket(call.bucket, (record) => ({ ...record, lifecycle }))
  return emptyResponse(200)
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export async function getBucketLifecycle({ bucket }: BucketCall): Promise<Response> {
  const { lifecycle, name } = bucket.record
  if (!lifecycle) {
    throw new TestS3Error(
      'NoSuchLifecycleConfiguration',
      'The lifecycle configuration does not exist',
      { BucketName: name },
    )
  }
  return xmlResponse('LifecycleConfiguration', {
    Rule: lifecycle.map((rule) => ({
      ID: rule.id,
      Filter: filterOf(rule),
      Status: rule.status,
      AbortIncompleteMultipartUpload: rule.abortUploadsAfterDays
        ? { DaysAfterInitiation: rule.abortUploadsAfterDays }
        : undefined,
      Expiration: rule.expireAfterDays ? { Days: rule.expireAfterDays } : undefined,
    })),
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export async function deleteBucketLifecycle({ setup, bucket }: BucketCall): Promise<Response> {
  await setup.catalog.changeBucket(bucket, ({ lifecycle: _, ...record }) => record)
  return emptyResponse(204)
}

function readRule(rule: XmlElement): LifecycleRule {
  const status = childText(rule, 'Status')?.trim()
  if (status !== 'Enabled' && status !== 'Disabled') throw malformedXml()
  const id = childText(rule, 'ID')
  const abortUploadsAfterDays = readDays(
    rule,
    'AbortIncompleteMultipartUpload',
    'DaysAfterInitiation',
  )
  const expireAfterDays = readDays(rule, 'Expiration', 'Days')
  requireKnownElements(rule)
  if (abortUploadsAfterDays === undefined && expireAfterDays === undefined) throw malformedXml()
  return {
    ...(id !== undefined && { id }),
    status,
    prefix: readPrefix(rule),
    ...readTag(rule),
    ...(abortUploadsAfterDays !== undefined && { abortUploadsAfterDays }),
    ...(expireAfterDays !== undefined && { expireAfterDays }),
  }
}

/** Refuses what would be lost: a rule that is kept in part would be another rule. */
function requireKnownElements(rule: XmlElement): void {
  const filter = childrenNamed(rule, 'Filter')[0]
  const tags = childrenNamed(conditionsOf(rule), 'Tag')
  const unknown =
    rule.children.find(({ name }) => !knownElements.has(name)) ??
    filter?.children.find(({ name }) => !knownConditions.has(name)) ??
    tags[1]
  if (!unknown) return
  throw new TestS3Error(
    'NotImplemented',
    `The lifecycle element ${unknown.name} is not implemented.`,
  )
}

function readPrefix(rule: XmlElement): string {
  const hasFilter = childrenNamed(rule, 'Filter').length > 0
  const prefix = childText(conditionsOf(rule), 'Prefix')
  if (!hasFilter && prefix === undefined) throw malformedXml()
  return prefix ?? ''
}

function readTag(rule: XmlElement): Pick<LifecycleRule, 'tag'> {
  const [tag] = childrenNamed(conditionsOf(rule), 'Tag')
  if (!tag) return {}
  return { tag: { key: childText(tag, 'Key') ?? '', value: childText(tag, 'Value') ?? '' } }
}

/** Several conditions stand in an `And`, and old rules have their prefix beside everything else. */
function conditionsOf(rule: XmlElement): XmlElement {
  const filter = childrenNamed(rule, 'Filter')[0] ?? rule
  return childrenNamed(filter, 'And')[0] ?? filter
}

function filterOf({ prefix, tag }: LifecycleRule): XmlContent {
  if (!tag) return { Prefix: prefix }
  const Tag = { Key: tag.key, Value: tag.value }
  return prefix === '' ? { Tag } : { And: { Prefix: prefix, Tag } }
}

function readDays(rule: XmlElement, action: string, unit: string): number | undefined {
  const element = childrenNamed(rule, action)[0]
  if (!element) return undefined
  const text = childText(element, unit)?.trim() ?? ''
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw malformedXml()
}
