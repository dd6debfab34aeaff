import { receiveDocument } from '../bodies/receive-document.js'
import { checksumContent } from '../checksums/checksums.js'
import {
  multipartETag,
  planChecksum,
  requirePlannedChecksum,
} from '../checksums/multipart-checksum.js'
import { writeCondition } from '../headers/conditions.js'
import { encryptionHeaders } from '../headers/object-headers.js'
import { xmlResponse } from '../http/s3-response.js'
import type { ObjectRecord, PartRecord } from '../model/storage.js'
import type { CatalogMultipart, FinishedMultipart } from '../storage/catalog-bucket.js'
import { readListedParts, requireParts } from './completed-parts.js'
import { requireMultipart } from './multipart-operations.js'
import type { ObjectCall } from './operation-call.js'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export async function answerCompleteMultipartUpload(call: ObjectCall): Promise<Response> {
  const { setup, request, bucket, key } = call
  const document = await receiveDocument(call, 'CompleteMultipartUpload', { hasChecksum: false })
  const listed = readListedParts(document)
  const etags = listed.map(({ partNumber, etag }) => `${partNumber}:${etag}`).join(',')
  const uploadId = request.query.get('uploadId') ?? ''
  const earlier = bucket.completed.get(uploadId)
  if (earlier?.record.key === key && earlier.parts === etags) return completed(call, earlier)

  const upload = requireMultipart(call)
  return setup.catalog.whileOpen(bucket, uploadId, async () => {
    const parts = requireParts(call, upload, listed)
    const record = await publish(call, upload, parts)
    const result = { record, parts: etags }
    bucket.completed.set(uploadId, result)
    return completed(call, result)
  })
}

function completed(
  { setup, request, bucket }: ObjectCall,
  { record }: FinishedMultipart,
): Response {
  const { checksum } = record
  const etag = setup.quirks.hasETagInCompletion ? `"${record.etag}"` : ''
  const content = {
    Location: `${request.protocol}//${request.host}${request.rawPath}`,
    Bucket: bucket.record.name,
    Key: record.key,
    ETag: etag,
    ...checksumContent(checksum),
    ChecksumType: checksum?.type,
  }
  const headers = encryptionHeaders(record)
  return xmlResponse('CompleteMultipartUploadResult', content, { headers })
}

async function publish(
  { setup, request, bucket, key }: ObjectCall,
  catalogUpload: CatalogMultipart,
  parts: readonly PartRecord[],
): Promise<ObjectRecord> {
  const { hashes, quirks, storage, catalog } = setup
  const { record: upload } = catalogUpload
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
      lastModified: setup.now(),
      checksum: plan && requirePlannedChecksum(hashes, plan, parts, whole?.digest()),
      partCount: parts.length,
      content: upload.content,
      metadata: upload.metadata,
      kept: upload.kept,
      tags: upload.tags,
    }
    await catalog.putObject(bucket, record, body, { condition, upload: catalogUpload })
    return record
  } catch (error) {
    await body.discard()
    throw error
  }
}
