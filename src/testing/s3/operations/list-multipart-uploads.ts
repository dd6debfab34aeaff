import { formatIsoDate } from '../../../s3/date-text.js'
import { storageClassOf } from '../headers/object-headers.js'
import { xmlResponse } from '../http/s3-response.js'
import type { MultipartRecord } from '../model/storage.js'
import { compareKeys } from '../storage/catalog-bucket.js'
import { readEncoding, readPageSize } from './list-page.js'
import type { BucketCall } from './operation-call.js'

const maxUploadsPerPage = 1000

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export async function answerListMultipartUploads({
  request,
  bucket,
}: BucketCall): Promise<Response> {
  const { query } = request
  const { encode, encoding } = readEncoding(query)
  const prefix = query.get('prefix') ?? ''
  const pageSize = readPageSize(query, 'max-uploads', maxUploadsPerPage)
  const keyMarker = query.get('key-marker') ?? ''
  const idMarker = query.get('upload-id-marker') ?? ''
  const following = [...bucket.uploads.values()]
    .map(({ record }) => record)
    .filter(({ key }) => key.startsWith(prefix))
    .sort((a, b) => compareKeys(a.key, b.key) || a.initiated - b.initiated || compareIds(a, b))
  const start = following.findIndex((upload) => isBehind(upload, keyMarker, idMarker, following))
  const page = start < 0 ? [] : following.slice(start, start + pageSize)
  const last = start >= 0 && start + pageSize < following.length ? page.at(-1) : undefined
  return xmlResponse('ListMultipartUploadsResult', {
    Bucket: bucket.record.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: last && encode(last.key),
    NextUploadIdMarker: last?.uploadId,
    Prefix: encode(prefix),
    MaxUploads: pageSize,
    EncodingType: encoding,
    IsTruncated: last !== undefined,
    Upload: page.map((upload) => ({
      Key: encode(upload.key),
      UploadId: upload.uploadId,
      StorageClass: storageClassOf(upload),
      Initiated: formatIsoDate(upload.initiated),
    })),
  })
}

function compareIds(a: MultipartRecord, b: MultipartRecord): number {
  return a.uploadId < b.uploadId ? -1 : 1
}

/** Behind the marker's key, or behind its upload where the key has several. */
function isBehind(
  upload: MultipartRecord,
  keyMarker: string,
  idMarker: string,
  sorted: readonly MultipartRecord[],
): boolean {
  if (keyMarker === '') return true
  const order = compareKeys(upload.key, keyMarker)
  if (order !== 0 || idMarker === '') return order > 0
  const marked = sorted.findIndex(({ uploadId }) => uploadId === idMarker)
  return marked >= 0 && sorted.indexOf(upload) > marked
}
