import { maxPartCount } from '../../s3/limits.js'
import { childrenNamed, childText, type XmlElement } from '../../s3/xml.js'
import type { CatalogUpload, CompletedUpload } from './catalog.js'
import { checksumElement } from './checksums.js'
import { writeCondition } from './conditions.js'
import { headerOf } from './incoming-request.js'
import { multipartETag, planChecksum, requirePlannedChecksum } from './multipart-checksum.js'
import { openUpload } from './multipart-operations.js'
import type { ObjectCall, TestS3Setup } from './operation-call.js'
import { malformedXml, receiveDocument } from './receive-document.js'
import { xmlResponse } from './s3-response.js'
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  type ObjectRecord,
  type PartRecord,
} from './storage.js'
import { TestS3Error } from './test-s3-error.js'

/** What the request says about one part. */
interface ListedPart {
  readonly partNumber: number
  /** Without quotes. */
  readonly etag: string
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export async function completeMultipartUpload(call: ObjectCall): Promise<Response> {
  const { setup, request, bucket, key } = call
  const document = await receiveDocument(call, 'CompleteMultipartUpload', { hasChecksum: false })
  const listed = readListedParts(document)
  const etags = listed.map(({ partNumber, etag }) => `${partNumber}:${etag}`).join(',')
  const uploadId = request.query.get('uploadId') ?? ''
  const earlier = bucket.completed.get(uploadId)
  if (earlier?.record.key === key && earlier.parts === etags) return completed(call, earlier)

  const upload = openUpload(call)
  return setup.catalog.whileOpen(bucket, uploadId, async () => {
    const parts = requireParts(call, upload, listed)
    const record = await publish(call, upload, parts)
    await setup.catalog.removeUpload(bucket, upload)
    const result = { record, parts: etags }
    bucket.completed.set(uploadId, result)
    return completed(call, result)
  })
}

function completed({ setup, request, bucket }: ObjectCall, { record }: CompletedUpload): Response {
  const { checksum } = record
  const etag = setup.quirks.hasETagInCompletion ? `"${record.etag}"` : ''
  return xmlResponse('CompleteMultipartUploadResult', {
    Location: `${request.protocol}//${request.host}${request.rawPath}`,
    Bucket: bucket.record.name,
    Key: record.key,
    ETag: etag,
    ...(checksum && {
      [checksumElement(checksum.algorithm)]: checksum.value,
      ChecksumType: checksum.type,
    }),
  })
}

function readListedParts(document: XmlElement): readonly ListedPart[] {
  const parts = childrenNamed(document, 'Part').map((part) => {
    const partNumber = Number(childText(part, 'PartNumber') ?? Number.NaN)
    const etag = childText(part, 'ETag')?.trim()
    if (!Number.isSafeInteger(partNumber) || etag === undefined) throw malformedXml()
    const checksums = new Map<ChecksumAlgorithm, string>()
    for (const algorithm of checksumAlgorithms) {
      const value = childText(part, checksumElement(algorithm))
      if (value !== undefined) checksums.set(algorithm, value.trim())
    }
    return { partNumber, etag: etag.replace(/^"|"$/g, ''), checksums }
  })
  if (parts.length === 0 || parts.length > maxPartCount) throw malformedXml()
  return parts
}

function requireParts(
  { setup, request }: ObjectCall,
  upload: CatalogUpload,
  listed: readonly ListedPart[],
): readonly PartRecord[] {
  const ordered = setup.quirks.isStrictAboutPartNumbers
    ? requireOrder(listed)
    : [...listed].sort((a, b) => a.partNumber - b.partNumber)
  const parts = ordered.map((part) => requirePart(upload, part))
  for (const part of parts.slice(0, -1)) requirePartSize(setup, part)
  const size = headerOf(request, 'x-amz-mp-object-size')
  const total = parts.reduce((sum, part) => sum + part.size, 0)
  if (size !== undefined && Number(size) !== total) {
    throw new TestS3Error(
      'InvalidRequest',
      `The provided 'x-amz-mp-object-size' header value ${size} does not match what was computed: ${total}`,
    )
  }
  return parts
}

function requireOrder(listed: readonly ListedPart[]): readonly ListedPart[] {
  let previous = 0
  for (const { partNumber } of listed) {
    if (partNumber <= previous) {
      throw new TestS3Error(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      )
    }
    previous = partNumber
  }
  return listed
}

function requirePart({ record, parts }: CatalogUpload, listed: ListedPart): PartRecord {
  const part = parts.get(listed.partNumber)
  const given = part?.checksum && listed.checksums.get(part.checksum.algorithm)
  const hasSameChecksum = given === undefined || given === part?.checksum?.value
  if (!part || part.etag !== listed.etag || !hasSameChecksum) {
    throw new TestS3Error(
      'InvalidPart',
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      { UploadId: record.uploadId, PartNumber: listed.partNumber, ETag: listed.etag },
    )
  }
  if (record.checksumType === 'COMPOSITE' && given === undefined) {
    throw new TestS3Error(
      'InvalidRequest',
      `The upload was created using a ${record.checksumAlgorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${listed.partNumber} in the request.`,
    )
  }
  return part
}

function requirePartSize({ minPartSizeBytes }: TestS3Setup, part: PartRecord): void {
  if (part.size >= minPartSizeBytes) return
  throw new TestS3Error(
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
    {
      ProposedSize: part.size,
      MinSizeAllowed: minPartSizeBytes,
      PartNumber: part.partNumber,
      ETag: part.etag,
    },
  )
}

async function publish(
  { setup, request, bucket, key }: ObjectCall,
  { record: upload }: CatalogUpload,
  parts: readonly PartRecord[],
): Promise<ObjectRecord> {
  const { hashes, quirks, storage, catalog } = setup
  const condition = quirks.hasConditionalCompletion ? writeCondition(request.headers) : undefined
  const plan = planChecksum(upload, request)
  const whole = plan?.type === 'FULL_OBJECT' ? hashes[plan.algorithm]() : undefined
  const numbers = parts.map(({ partNumber }) => partNumber)
  const onChunk = whole && ((chunk: Uint8Array) => void whole.update(chunk))
  const body = await storage.joinParts(upload, numbers, onChunk)
  try {
    const record: ObjectRecord = {
      key,
      size: body.size,
      etag: multipartETag(hashes, parts),
      lastModified: setup.now().getTime(),
      checksum: plan && requirePlannedChecksum(hashes, plan, parts, whole?.digest()),
      partCount: parts.length,
      content: upload.content,
      metadata: upload.metadata,
    }
    await catalog.putObject(bucket, record, body, condition)
    return record
  } catch (error) {
    await body.discard()
    throw error
  }
}
