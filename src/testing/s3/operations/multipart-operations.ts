import { maxPartCount } from '../../../s3/limits.js'
import { toHex } from '../../../sigv4/crypto.js'
import { type Payload, receivePayload } from '../bodies/receive-payload.js'
import { readAlgorithm } from '../checksums/checksums.js'
import { requireChecksumType } from '../checksums/multipart-checksum.js'
import { encryptionHeaders, readObjectHeaders } from '../headers/object-headers.js'
import { readTaggingHeader } from '../headers/object-tags.js'
import { headerOf } from '../http/parsed-request.js'
import { emptyResponse, xmlResponse } from '../http/s3-response.js'
import type {
  ChecksumAlgorithm,
  ChecksumType,
  MultipartRecord,
  PartRecord,
} from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { type CatalogMultipart, noSuchUpload } from '../storage/catalog-bucket.js'
import { checksumHeaders, writtenFields } from './object-operations.js'
import type { ObjectCall } from './operation-call.js'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export async function answerCreateMultipartUpload(call: ObjectCall): Promise<Response> {
  const { setup, request, bucket, key } = call
  const record: MultipartRecord = {
    bucket: bucket.record.name,
    key,
    uploadId: toHex(setup.randomBytes(32)),
    initiated: setup.now(),
    ...readObjectHeaders(writtenFields(request)),
    ...readUploadChecksum(call),
    tags: readTaggingHeader(request, setup.quirks),
  }
  await setup.catalog.createUpload(bucket, record)
  const content = { Bucket: record.bucket, Key: key, UploadId: record.uploadId }
  return xmlResponse('InitiateMultipartUploadResult', content, {
    headers: {
      'x-amz-checksum-algorithm': record.checksumAlgorithm?.toUpperCase(),
      'x-amz-checksum-type': record.checksumType,
      ...encryptionHeaders(record),
    },
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export async function answerUploadPart(call: ObjectCall): Promise<Response> {
  const upload = requireMultipart(call)
  const partNumber = readPartNumber(call)
  const part = await storePart(call, upload, partNumber, await receivePayload(call))
  return emptyResponse(200, {
    etag: `"${part.etag}"`,
    ...encryptionHeaders(upload.record),
    ...checksumHeaders(part.checksum),
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export async function answerAbortMultipartUpload(call: ObjectCall): Promise<Response> {
  const { setup, bucket } = call
  const upload = requireMultipart(call)
  const { catalog } = setup
  await catalog.whileOpen(bucket, upload.record.uploadId, () =>
    catalog.removeUpload(bucket, upload),
  )
  return emptyResponse(204)
}

/**
 * Finds the upload that a request names.
 *
 * @throws TestS3Error `NoSuchUpload`
 */
export function requireMultipart({ request, bucket, key }: ObjectCall): CatalogMultipart {
  const uploadId = request.query.get('uploadId') ?? ''
  const upload = bucket.uploads.get(uploadId)
  if (upload?.record.key === key) return upload
  throw noSuchUpload(uploadId)
}

/**
 * Reads the number of the part that a request is about.
 *
 * @throws TestS3Error `InvalidArgument` when it is not 1 to 10,000.
 */
export function readPartNumber({ setup, request }: ObjectCall): number {
  const text = request.query.get('partNumber') ?? ''
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  const isInRange = number >= 1 && number <= maxPartCount
  if (isInRange || (number >= 0 && !setup.quirks.isStrictAboutPartNumbers)) return number
  throw new TestS3Error(
    'InvalidArgument',
    `Part number must be an integer between 1 and ${maxPartCount}, inclusive`,
    { ArgumentName: 'partNumber', ArgumentValue: text },
  )
}

/** Publishes a received part under its number, in place of an earlier one. */
export async function storePart(
  { setup, bucket }: ObjectCall,
  upload: CatalogMultipart,
  partNumber: number,
  { body, etag, checksum }: Payload,
): Promise<PartRecord> {
  const lastModified = setup.now()
  const part: PartRecord = { partNumber, size: body.size, etag, lastModified, checksum }
  try {
    requireUploadChecksum(upload.record, checksum?.algorithm)
  } catch (error) {
    await body.discard()
    throw error
  }
  await setup.catalog.putPart(bucket, upload, part, body)
  return part
}

function readUploadChecksum({ setup, request }: ObjectCall): {
  checksumAlgorithm?: ChecksumAlgorithm
  checksumType?: ChecksumType
} {
  const algorithm = readAlgorithm(headerOf(request, 'x-amz-checksum-algorithm'))
  const givenType = headerOf(request, 'x-amz-checksum-type')?.toUpperCase()
  if (setup.quirks.checksums === 'ignored') return {}
  if (algorithm === undefined) {
    if (givenType === undefined) return {}
    throw new TestS3Error(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    )
  }
  const type = givenType ?? (algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE')
  return { checksumAlgorithm: algorithm, checksumType: requireChecksumType(algorithm, type) }
}

function requireUploadChecksum(
  { checksumAlgorithm, checksumType }: MultipartRecord,
  algorithm: ChecksumAlgorithm | undefined,
): void {
  if (checksumAlgorithm === undefined || checksumAlgorithm === algorithm) return
  // The checksum of the whole can be computed without those of the parts.
  if (checksumType === 'FULL_OBJECT' && algorithm === undefined) return
  throw new TestS3Error(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${checksumAlgorithm}, actual checksum Type: ${algorithm ?? 'null'}`,
  )
}
