import { childrenNamed, childText, type XmlElement } from '../../../s3/xml.js'
import type { XmlContent } from '../../../s3/xml-writer.js'
import { toHex } from '../../../sigv4/crypto.js'
import { malformedXml, receiveDocument, requireKnownChildren } from '../bodies/receive-document.js'
import { emptyResponse, xmlResponse } from '../http/s3-response.js'
import type { LifecycleRule } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { BucketCall } from './operation-call.js'

const maxRules = 1000
const maxIdLength = 255

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export async function answerPutBucketLifecycle(call: BucketCall): Promise<Response> {
  const document = await receiveDocument(call, 'LifecycleConfiguration', { needsDigest: true })
  requireKnownChildren(document, [], ['Rule'])
  const makeId = () => toHex(call.setup.randomBytes(16))
  const lifecycle = childrenNamed(document, 'Rule').map((rule) => readRule(rule, makeId))
  if (lifecycle.length === 0 || lifecycle.length > maxRules) throw malformedXml()
  requireUniqueIds(lifecycle)
  await call.setup.catalog.changeBucket(call.bucket, (record) => ({ ...record, lifecycle }))
  return emptyResponse(200)
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export async function answerGetBucketLifecycle({ bucket }: BucketCall): Promise<Response> {
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
export async function answerDeleteBucketLifecycle({
  setup,
  bucket,
}: BucketCall): Promise<Response> {
  await setup.catalog.changeBucket(bucket, ({ lifecycle: _, ...record }) => record)
  return emptyResponse(204)
}

function readRule(rule: XmlElement, makeId: () => string): LifecycleRule {
  requireKnownElements(rule)
  const status = childText(rule, 'Status')?.trim()
  if (status !== 'Enabled' && status !== 'Disabled') throw malformedXml()
  // S3 gives a name to a rule that has none.
  const id = childText(rule, 'ID') || makeId()
  const abortUploadsAfterDays = readDays(
    rule,
    'AbortIncompleteMultipartUpload',
    'DaysAfterInitiation',
  )
  const expireAfterDays = readDays(rule, 'Expiration', 'Days')
  if (abortUploadsAfterDays === undefined && expireAfterDays === undefined) throw malformedXml()
  const conditions = readConditions(rule)
  if (conditions.tag && abortUploadsAfterDays !== undefined) {
    throw invalid('AbortIncompleteMultipartUpload cannot be specified with Tags.', 'InvalidRequest')
  }
  return {
    id: requireId(id),
    status,
    ...conditions,
    ...(abortUploadsAfterDays !== undefined && { abortUploadsAfterDays }),
    ...(expireAfterDays !== undefined && { expireAfterDays }),
  }
}

/** Refuses what would be lost: a rule that is kept in part would be another rule. */
function requireKnownElements(rule: XmlElement): void {
  const actions = ['AbortIncompleteMultipartUpload', 'Expiration']
  requireKnownChildren(rule, ['ID', 'Status', 'Filter', 'Prefix', ...actions])
  const [filter] = childrenNamed(rule, 'Filter')
  if (!filter) return
  requireKnownChildren(filter, ['And', 'Prefix', 'Tag'])
  if (filter.children.length > 1 || childText(rule, 'Prefix') !== undefined) throw malformedXml()
}

/** Several conditions stand in an `And`, and old rules have their prefix beside everything else. */
function readConditions(rule: XmlElement): Pick<LifecycleRule, 'prefix' | 'tag'> {
  const [filter] = childrenNamed(rule, 'Filter')
  const [and] = filter ? childrenNamed(filter, 'And') : []
  if (and) requireKnownChildren(and, ['Prefix'], ['Tag'])
  const conditions = and ?? filter ?? rule
  const prefix = childText(conditions, 'Prefix')
  if (!filter && prefix === undefined) throw malformedXml()
  const [tag, ...moreTags] = filter ? childrenNamed(conditions, 'Tag') : []
  if (moreTags.length > 0) {
    throw new TestS3Error(
      'NotImplemented',
      'A lifecycle rule with several tags is not implemented.',
    )
  }
  return { prefix: prefix ?? '', ...(tag && { tag: readTag(tag) }) }
}

function readTag(element: XmlElement): NonNullable<LifecycleRule['tag']> {
  requireKnownChildren(element, ['Key', 'Value'])
  const key = childText(element, 'Key') ?? ''
  if (key === '') throw malformedXml()
  return { key, value: childText(element, 'Value') ?? '' }
}

function requireId(id: string): string {
  if ([...id].length <= maxIdLength) return id
  throw invalid(`ID length should not exceed allowed limit of ${maxIdLength}`)
}

function requireUniqueIds(rules: readonly LifecycleRule[]): void {
  const ids = rules.flatMap(({ id }) => id ?? [])
  if (new Set(ids).size === ids.length) return
  throw invalid('Rule ID must be unique. Found same ID for more than one rule')
}

function filterOf({ prefix, tag }: LifecycleRule): XmlContent {
  if (!tag) return { Prefix: prefix }
  const Tag = { Key: tag.key, Value: tag.value }
  return prefix === '' ? { Tag } : { And: { Prefix: prefix, Tag } }
}

function readDays(rule: XmlElement, action: string, unit: string): number | undefined {
  const [element] = childrenNamed(rule, action)
  if (!element) return undefined
  requireKnownChildren(element, [unit])
  const text = childText(element, unit)?.trim() ?? ''
  if (!/^-?\d{1,9}$/.test(text)) throw malformedXml()
  if (Number(text) > 0) return Number(text)
  throw invalid(`'${unit}' for ${action} action must be a positive integer`)
}

function invalid(message: string, code: 'InvalidArgument' | 'InvalidRequest' = 'InvalidArgument') {
  return new TestS3Error(code, message)
}
