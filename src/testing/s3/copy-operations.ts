import { readChunks } from './body-chunks.js'
import { readByteRange } from './byte-range.js'
import { type CatalogBucket, noSuchBucket } from './catalog-bucket.js'
import { requireReadConditions } from './conditions.js'
import { headerOf } from './incoming-request.js'
import { openUpload, readPartNumber, storePart } from './multipart-operations.js'
import { readObjectHeaders } from './object-headers.js'
import { noSuchKey, writtenFields } from './object-operations.js'
import { readTaggingHeader } from './object-tags.js'
import type { ObjectCall } from './operation-call.js'
import { entityTooLarge, receiveBody } from './receive-body.js'
import { etagOf } from './receive-payload.js'
import { xmlResponse } from './s3-response.js'
import type { ObjectRecord, UnpublishedBody } from './storage.js'
import { TestS3Error } from './test-s3-error.js'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export async function copyObject(call: ObjectCall): Promise<Response> {
  const { setup, request, bucket, key } = call
  const source = findSource(call)
  const isReplacing = headerOf(request, 'x-amz-metadata-directive')?.toUpperCase() === 'REPLACE'
  if (source.bucket === bucket && source.key === key && !isReplacing) {
    throw new TestS3Error(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    )
  }
  const replacing = isReplacing ? readObjectHeaders(writtenFields(request)) : undefined
  const copy = await readSource(call, source)
  const record: ObjectRecord = {
    key,
    size: copy.body.size,
    etag: copy.etag,
    lastModified: setup.now().getTime(),
    checksum: copy.record.checksum?.type === 'FULL_OBJECT' ? copy.record.checksum : undefined,
    content: replacing?.content ?? copy.record.content,
    metadata: replacing?.metadata ?? copy.record.metadata,
    tags: replacesTags(call) ? readTaggingHeader(request, setup) : copy.record.tags,
  }
  await setup.catalog.putObject(bucket, record, copy.body)
  return copyResponse('CopyObjectResult', record)
}

function replacesTags({ request }: ObjectCall): boolean {
  return headerOf(request, 'x-amz-tagging-directive')?.toUpperCase() === 'REPLACE'
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export async function uploadPartCopy(call: ObjectCall): Promise<Response> {
  const upload = openUpload(call)
  const partNumber = readPartNumber(call)
  const range = headerOf(call.request, 'x-amz-copy-source-range')
  const { body, etag } = await readSource(call, findSource(call), range)
  return copyResponse('CopyPartResult', await storePart(call, upload, partNumber, { body, etag }))
}

interface Source {
  readonly bucket: CatalogBucket
  readonly key: string
}

function findSource({ setup, request }: ObjectCall): Source {
  const text = headerOf(request, 'x-amz-copy-source') ?? ''
  const [, name = '', key = ''] = /^\/?([^/]+)\/([^?]+)$/.exec(text) ?? []
  if (key === '') {
    throw new TestS3Error(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      { ArgumentName: 'x-amz-copy-source', ArgumentValue: text },
    )
  }
  const bucket = setup.catalog.bucket(name)
  if (!bucket) throw noSuchBucket(name)
  return { bucket, key: decodeSourceKey(key) }
}

/** The header is URL-encoded, but many clients forget it. */
function decodeSourceKey(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    // A key with a bare `%`, as it stands.
    return key
  }
}

async function readSource(
  { setup, request }: ObjectCall,
  { bucket, key }: Source,
  rangeHeader?: string,
): Promise<{ record: ObjectRecord; body: UnpublishedBody; etag: string }> {
  const opened = await setup.catalog.openObject(bucket, key, (record) => {
    requireReadConditions(request.headers, record, 'x-amz-copy-source-')
    const range = readByteRange(rangeHeader, record.size) ?? { start: 0, end: record.size }
    const size = range.end - range.start
    if (size > setup.maxPutBytes) throw entityTooLarge(size, setup.maxPutBytes)
    return range
  })
  if (!opened) throw noSuchKey(key)
  const { start, end } = opened.inspected
  const received = await receiveBody(setup, {
    chunks: readChunks(opened.body.read(start, end)),
    maxBytes: setup.maxPutBytes,
    algorithms: ['md5'],
  })
  return { record: opened.record, body: received.body, etag: etagOf(received) }
}

function copyResponse(
  name: string,
  { lastModified, etag }: Pick<ObjectRecord, 'lastModified' | 'etag'>,
): Response {
  return xmlResponse(name, {
    LastModified: new Date(lastModified).toISOString(),
    ETag: `"${etag}"`,
  })
}
