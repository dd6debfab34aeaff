import { parseDate } from '../../../s3/date-text.js'
import type { ObjectRecord } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { CommitCondition } from '../storage/catalog.js'

type Headers = ReadonlyMap<string, string>

/**
 * Makes the condition under which a request may write its key.
 *
 * @throws TestS3Error `NotImplemented` for conditions that S3 itself does not know on writes.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function writeCondition(headers: Headers): CommitCondition {
  const ifNoneMatch = headers.get('if-none-match')
  const requireMatch = matchCondition(headers.get('if-match'))
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new TestS3Error(
      'NotImplemented',
      'A header you provided implies functionality that is not implemented',
      { Header: 'If-None-Match' },
    )
  }
  return (current) => {
    if (ifNoneMatch !== undefined && current) throw preconditionFailed('If-None-Match')
    requireMatch(current)
  }
}

/**
 * Makes the condition under which a request may delete or replace its key: that the object has this ETag.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
export function matchCondition(ifMatch: string | undefined): CommitCondition {
  return (current) => {
    if (ifMatch === undefined) return
    if (!current) throw new TestS3Error('NoSuchKey', 'The specified key does not exist.')
    if (!matchesStrongly(ifMatch, current)) throw preconditionFailed('If-Match')
  }
}

/**
 * Checks the conditions of a read, in the order that HTTP gives.
 *
 * @throws TestS3Error `PreconditionFailed` or `NotModified`
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 */
export function requireReadConditions(
  headers: Headers,
  record: ObjectRecord,
  prefix: '' | 'x-amz-copy-source-' = '',
): void {
  const ifMatch = headers.get(`${prefix}if-match`)
  const ifNoneMatch = headers.get(`${prefix}if-none-match`)
  const unmodifiedSince = readTime(headers, `${prefix}if-unmodified-since`)
  const modifiedSince = readTime(headers, `${prefix}if-modified-since`)
  const lastModified = wholeSeconds(record)
  if (ifMatch !== undefined) {
    if (!matchesStrongly(ifMatch, record)) throw preconditionFailed('If-Match')
  } else if (unmodifiedSince !== undefined && lastModified > unmodifiedSince) {
    throw preconditionFailed('If-Unmodified-Since')
  }
  const isUnchanged =
    ifNoneMatch !== undefined
      ? matchesStrongly(ifNoneMatch.replace(/(^|,\s*)W\//g, '$1'), record)
      : modifiedSince !== undefined && lastModified <= modifiedSince
  if (!isUnchanged) return
  if (prefix !== '') throw preconditionFailed(`${prefix}if-none-match`)
  throw new TestS3Error('NotModified', 'Not Modified', { ETag: `"${record.etag}"` })
}

/**
 * Whether a range is wanted of this object: with `If-Range` of no other one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
 */
export function isRangeWanted(headers: Headers, record: ObjectRecord): boolean {
  const ifRange = headers.get('if-range')
  if (ifRange === undefined) return true
  if (ifRange.endsWith('GMT')) return parseDate(ifRange) === wholeSeconds(record)
  return matchesStrongly(ifRange, record)
}

/** Whether a header of ETags names that of the object; a weak one never does, because S3 has strong ones alone. */
function matchesStrongly(list: string, { etag }: Pick<ObjectRecord, 'etag'>): boolean {
  return list
    .split(',')
    .map((item) => item.trim().replace(/^"|"$/g, ''))
    .some((item) => item === '*' || item === etag)
}

/** HTTP dates have whole seconds. */
function wholeSeconds({ lastModified }: ObjectRecord): number {
  return Math.floor(lastModified / 1000) * 1000
}

/** HTTP wants a time that is none to be passed over; of S3's own headers it is refused. */
function readTime(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)
  const time = text === undefined ? undefined : parseDate(text)
  if (time !== undefined) return time
  if (text === undefined || !name.startsWith('x-amz-')) return undefined
  throw new TestS3Error('InvalidArgument', `${name} is not an HTTP date.`, {
    ArgumentName: name,
    ArgumentValue: text,
  })
}

function preconditionFailed(condition: string): TestS3Error {
  return new TestS3Error(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    { Condition: condition },
  )
}
