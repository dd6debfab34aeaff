import type { CommitCondition } from './catalog.js'
import type { ObjectRecord } from './storage.js'
import { TestS3Error } from './test-s3-error.js'

type Headers = ReadonlyMap<string, string>

/**
 * Makes the condition under which a request may write its key.
 *
 * @throws TestS3Error `NotImplemented` for conditions that S3 itself does not know on writes.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function writeCondition(headers: Headers): CommitCondition {
  const ifNoneMatch = headers.get('if-none-match')
  const ifMatch = headers.get('if-match')
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new TestS3Error(
      'NotImplemented',
      'A header you provided implies functionality that is not implemented',
      { Header: 'If-None-Match' },
    )
  }
  return (current) => {
    if (ifNoneMatch !== undefined && current) throw preconditionFailed('If-None-Match')
    if (ifMatch === undefined) return
    if (!current) throw new TestS3Error('NoSuchKey', 'The specified key does not exist.')
    if (!matches(ifMatch, current)) throw preconditionFailed('If-Match')
  }
}

/**
 * Makes the condition under which a request may delete its key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
export function deleteCondition(headers: Headers): CommitCondition {
  const ifMatch = headers.get('if-match')
  return (current) => {
    if (ifMatch === undefined) return
    if (!current) throw new TestS3Error('NoSuchKey', 'The specified key does not exist.')
    if (!matches(ifMatch, current)) throw preconditionFailed('If-Match')
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
  const unmodifiedSince = readDate(headers.get(`${prefix}if-unmodified-since`))
  const modifiedSince = readDate(headers.get(`${prefix}if-modified-since`))
  // HTTP dates have whole seconds.
  const lastModified = Math.floor(record.lastModified / 1000) * 1000
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, record)) throw preconditionFailed('If-Match')
  } else if (unmodifiedSince !== undefined && lastModified > unmodifiedSince) {
    throw preconditionFailed('If-Unmodified-Since')
  }
  const isUnchanged =
    ifNoneMatch !== undefined
      ? matches(ifNoneMatch, record)
      : modifiedSince !== undefined && lastModified <= modifiedSince
  if (!isUnchanged) return
  if (prefix !== '') throw preconditionFailed(`${prefix}if-none-match`)
  throw new TestS3Error('NotModified', 'Not Modified', { ETag: `"${record.etag}"` })
}

function matches(list: string, { etag }: ObjectRecord): boolean {
  return list
    .split(',')
    .map((item) => item.trim().replace(/^W\//, '').replace(/^"|"$/g, ''))
    .some((item) => item === '*' || item === etag)
}

function readDate(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

function preconditionFailed(condition: string): TestS3Error {
  return new TestS3Error(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    { Condition: condition },
  )
}
