import { formatIsoDate } from '../../../s3/date-text.js'
import { maxListedParts, maxPartCount } from '../../../s3/limits.js'
import { checksumContent } from '../checksums/checksums.js'
import { storageClassOf } from '../headers/object-headers.js'
import { xmlResponse } from '../http/s3-response.js'
import type { PartRecord } from '../model/storage.js'
import { readEncoding, readPageSize } from './list-page.js'
import { requireMultipart } from './multipart-operations.js'
import type { ObjectCall } from './operation-call.js'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export async function answerListParts(call: ObjectCall): Promise<Response> {
  const { record, parts } = requireMultipart(call)
  const { query } = call.request
  const { encode, encoding } = readEncoding(query)
  const pageSize = readPageSize(query, 'max-parts', maxListedParts)
  const marker = readPageSize(query, 'part-number-marker', maxPartCount, 0)
  const following = [...parts.values()]
    .filter(({ partNumber }) => partNumber > marker)
    .sort((a, b) => a.partNumber - b.partNumber)
  const page = following.slice(0, pageSize)
  return xmlResponse('ListPartsResult', {
    Bucket: record.bucket,
    Key: encode(record.key),
    UploadId: record.uploadId,
    StorageClass: storageClassOf(record),
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.partNumber ?? marker,
    MaxParts: pageSize,
    EncodingType: encoding,
    IsTruncated: following.length > page.length,
    ChecksumAlgorithm: record.checksumAlgorithm?.toUpperCase(),
    ChecksumType: record.checksumType,
    Part: page.map(partContent),
  })
}

function partContent({ partNumber, lastModified, etag, size, checksum }: PartRecord) {
  return {
    PartNumber: partNumber,
    LastModified: formatIsoDate(lastModified),
    ETag: `"${etag}"`,
    Size: size,
    ...checksumContent(checksum),
  }
}
