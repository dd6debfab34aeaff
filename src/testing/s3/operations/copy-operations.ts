import { formatIsoDate } from '../../../s3/date-text.js'
import { checksumContent, readAlgorithm } from '../checksums/checksums.js'
import { writeCondition } from '../headers/conditions.js'
import { encryptionHeaders, readObjectHeaders } from '../headers/object-headers.js'
import { readTaggingHeader } from '../headers/object-tags.js'
import { readCopyRange } from '../http/byte-range.js'
import { headerOf } from '../http/parsed-request.js'
import { type HeaderValues, xmlResponse } from '../http/s3-response.js'
import type { ChecksumType, ObjectRecord } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { findSource, readSource, type Source } from './copy-source.js'
import { readPartNumber, requireMultipart, storePart } from './multipart-operations.js'
import { writtenFields } from './object-operations.js'
import type { ObjectCall } from './operation-call.js'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export async function answerCopyObject(call: ObjectCall): Promise<Response> {
  const { setup, request, bucket, key } = call
  const source = findSource(call)
  const condition = writeCondition(request.headers)
  const isReplacing = isReplaced(call, 'x-amz-metadata-directive')
  const given = readObjectHeaders(writtenFields(request))
  requireChange(call, source, isReplacing || given.kept !== undefined)
  const givenTags = readTaggingHeader(request, setup.quirks)
  const replacesTags = isReplaced(call, 'x-amz-tagging-directive')
  const asked = readAlgorithm(headerOf(request, 'x-amz-checksum-algorithm'))
  const copy = await readSource(call, source, {
    algorithm: ({ checksum }) => asked ?? checksum?.algorithm,
  })
  const { content, metadata } = isReplacing ? given : copy.record
  const record: ObjectRecord = {
    key,
    size: copy.body.size,
    etag: copy.etag,
    lastModified: setup.now(),
    checksum: copy.checksum,
    content,
    metadata,
    // A copy is stored and encrypted as its own request says.
    kept: given.kept,
    tags: replacesTags ? givenTags : copy.record.tags,
  }
  await setup.catalog.putObject(bucket, record, copy.body, { condition })
  return copyResponse('CopyObjectResult', record, {
    ChecksumType: copy.checksum?.type,
    headers: encryptionHeaders(record),
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export async function answerUploadPartCopy(call: ObjectCall): Promise<Response> {
  const upload = requireMultipart(call)
  const partNumber = readPartNumber(call)
  const range = headerOf(call.request, 'x-amz-copy-source-range')
  const payload = await readSource(call, findSource(call), {
    algorithm: () => upload.record.checksumAlgorithm,
    range: ({ size }) => (range === undefined ? undefined : readCopyRange(range, size)),
  })
  const part = await storePart(call, upload, partNumber, payload)
  return copyResponse('CopyPartResult', part, { headers: encryptionHeaders(upload.record) })
}

/** @throws TestS3Error `InvalidArgument` when a directive is neither to copy nor to replace. */
function isReplaced({ request }: ObjectCall, header: string): boolean {
  const directive = headerOf(request, header)?.toUpperCase() ?? 'COPY'
  if (directive === 'COPY' || directive === 'REPLACE') return directive === 'REPLACE'
  throw new TestS3Error('InvalidArgument', `${header} must be COPY or REPLACE.`, {
    ArgumentName: header,
    ArgumentValue: directive,
  })
}

function requireChange({ bucket, key }: ObjectCall, source: Source, isChanging: boolean): void {
  if (isChanging || source.bucket !== bucket || source.key !== key) return
  throw new TestS3Error(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  )
}

/** What an answer says beside time, ETag and checksum. */
interface CopyAnswer {
  readonly ChecksumType?: ChecksumType
  readonly headers: HeaderValues
}

function copyResponse(
  name: string,
  { lastModified, etag, checksum }: Pick<ObjectRecord, 'lastModified' | 'etag' | 'checksum'>,
  { ChecksumType, headers }: CopyAnswer,
): Response {
  const content = {
    LastModified: formatIsoDate(lastModified),
    ETag: `"${etag}"`,
    ...checksumContent(checksum),
    ChecksumType,
  }
  return xmlResponse(name, content, { headers })
}
