import { formatHttpDate } from '../../../s3/date-text.js'
import { receivePayload } from '../bodies/receive-payload.js'
import { checksumHeader } from '../checksums/checksums.js'
import {
  isRangeWanted,
  matchCondition,
  requireReadConditions,
  writeCondition,
} from '../headers/conditions.js'
import {
  encryptionHeaders,
  readObjectHeaders,
  writeObjectHeaders,
} from '../headers/object-headers.js'
import { readTaggingHeader } from '../headers/object-tags.js'
import { type ByteRange, readByteRange } from '../http/byte-range.js'
import { amzHeadersOf, headerOf, type ParsedRequest } from '../http/parsed-request.js'
import { emptyResponse, type HeaderValues, headersFrom } from '../http/s3-response.js'
import type { Checksum, ObjectRecord } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { requireReadable } from './archived-object.js'
import type { ObjectCall } from './operation-call.js'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export async function answerPutObject(call: ObjectCall): Promise<Response> {
  const { setup, request, bucket, key } = call
  const condition = writeCondition(request.headers)
  const headers = readObjectHeaders(writtenFields(request))
  const tags = readTaggingHeader(request, setup.quirks)
  const { body, etag, checksum } = await receivePayload(call)
  const record: ObjectRecord = {
    key,
    size: body.size,
    etag,
    lastModified: setup.now(),
    checksum,
    ...headers,
    tags,
  }
  await setup.catalog.putObject(bucket, record, body, { condition })
  return emptyResponse(200, {
    etag: `"${etag}"`,
    ...encryptionHeaders(record),
    ...checksumHeaders(checksum),
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export async function answerGetObject({
  setup,
  request,
  bucket,
  key,
}: ObjectCall): Promise<Response> {
  const opened = await setup.catalog.openObject(bucket, key, (record) => {
    requireReadConditions(request.headers, record)
    requireReadable(record, 'download')
    return readRange(request, record)
  })
  if (!opened) throw noSuchKey(key)
  const { record, body, inspected: range } = opened
  const { start, end } = range ?? { start: 0, end: record.size }
  return new Response(body.read(start, end), {
    status: range ? 206 : 200,
    headers: headersFrom({
      ...servedHeaders(request, record),
      'content-length': end - start,
      'content-range': range && `bytes ${start}-${end - 1}/${record.size}`,
    }),
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export async function answerHeadObject({ request, bucket, key }: ObjectCall): Promise<Response> {
  const record = bucket.objects.get(key)
  if (!record) throw noSuchKey(key)
  requireReadConditions(request.headers, record)
  const range = readRange(request, record)
  return emptyResponse(range ? 206 : 200, {
    ...servedHeaders(request, record),
    'content-length': range ? range.end - range.start : record.size,
    'content-range': range && `bytes ${range.start}-${range.end - 1}/${record.size}`,
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export async function answerDeleteObject({
  setup,
  request,
  bucket,
  key,
}: ObjectCall): Promise<Response> {
  await setup.catalog.deleteObject(bucket, key, matchCondition(request.headers.get('if-match')))
  return emptyResponse(204)
}

function readRange({ headers }: ParsedRequest, record: ObjectRecord): ByteRange | undefined {
  if (!isRangeWanted(headers, record)) return undefined
  return readByteRange(headers.get('range'), record.size)
}

/** The fields of a write that end up in the object: headers, also those that a URL carries. */
export function writtenFields(request: ParsedRequest): ReadonlyMap<string, string> {
  return new Map([...request.headers, ...amzHeadersOf(request)])
}

/** What S3 says about a key that has no object. */
export function noSuchKey(key: string): TestS3Error {
  return new TestS3Error('NoSuchKey', 'The specified key does not exist.', { Key: key })
}

/** The headers that tell a checksum. */
export function checksumHeaders(checksum: Checksum | undefined): HeaderValues {
  if (!checksum) return {}
  return {
    [checksumHeader(checksum.algorithm)]: checksum.value,
    'x-amz-checksum-type': checksum.type,
  }
}

function servedHeaders(request: ParsedRequest, record: ObjectRecord): HeaderValues {
  const overrides: Record<string, string> = {}
  for (const [name, value] of request.query) {
    if (name.startsWith('response-')) overrides[name.slice('response-'.length)] = value
  }
  const wantsChecksum = headerOf(request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED'
  return {
    'accept-ranges': 'bytes',
    'last-modified': formatHttpDate(record.lastModified),
    etag: `"${record.etag}"`,
    ...writeObjectHeaders(record),
    ...overrides,
    'x-amz-tagging-count': record.tags && Object.keys(record.tags).length,
    ...(wantsChecksum && !request.headers.has('range') ? checksumHeaders(record.checksum) : {}),
  }
}
