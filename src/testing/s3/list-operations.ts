import { fromBase64, toBase64 } from '../../sigv4/crypto.js'
import { uriEncodePath } from '../../sigv4/uri-encode.js'
import { type CatalogBucket, compareKeys, keysInOrder } from './catalog.js'
import type { BucketCall } from './operation-call.js'
import { readPageSize } from './page-size.js'
import { xmlResponse } from './s3-response.js'
import type { ObjectRecord, UploadRecord } from './storage.js'
import { TestS3Error } from './test-s3-error.js'

const maxKeysPerPage = 1000

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export async function listObjectsV2({ request, bucket }: BucketCall): Promise<Response> {
  const { query } = request
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after')
  const listing = readListing(query)
  const page = listPage(bucket, listing, token ? readToken(token) : (startAfter ?? ''))
  return xmlResponse('ListBucketResult', {
    ...listingContent(bucket, listing, page),
    KeyCount: page.objects.length + page.commonPrefixes.length,
    ContinuationToken: token,
    StartAfter: startAfter === undefined ? undefined : listing.encode(startAfter),
    NextContinuationToken: page.last === undefined ? undefined : toBase64(page.last),
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export async function listObjects({ request, bucket }: BucketCall): Promise<Response> {
  const listing = readListing(request.query)
  const marker = request.query.get('marker') ?? ''
  const page = listPage(bucket, listing, marker)
  return xmlResponse('ListBucketResult', {
    ...listingContent(bucket, listing, page),
    Marker: listing.encode(marker),
    NextMarker: page.last === undefined ? undefined : listing.encode(page.last),
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export async function listMultipartUploads({ request, bucket }: BucketCall): Promise<Response> {
  const { query } = request
  const { prefix, encode, encoding } = readListing(query)
  const pageSize = readPageSize(query, 'max-uploads', maxKeysPerPage)
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
      StorageClass: 'STANDARD',
      Initiated: new Date(upload.initiated).toISOString(),
    })),
  })
}

interface Listing {
  readonly prefix: string
  readonly delimiter: string
  readonly pageSize: number
  readonly encoding?: string
  /** Keys as the client wants them: XML cannot carry every character. */
  readonly encode: (key: string) => string
}

interface Page {
  readonly objects: readonly ObjectRecord[]
  readonly commonPrefixes: readonly string[]
  /** Where the next page begins, if there is one. */
  readonly last?: string
}

function readListing(query: ReadonlyMap<string, string>): Listing {
  const encoding = query.get('encoding-type')
  if (encoding !== undefined && encoding !== 'url') {
    throw new TestS3Error('InvalidArgument', 'Invalid Encoding Method specified in Request', {
      ArgumentName: 'encoding-type',
      ArgumentValue: encoding,
    })
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    pageSize: readPageSize(query, 'max-keys', maxKeysPerPage),
    encoding,
    encode: encoding === 'url' ? uriEncodePath : (key) => key,
  }
}

/** Collects objects and common prefixes behind `after`, until the page is full. */
function listPage(bucket: CatalogBucket, listing: Listing, after: string): Page {
  const { prefix, delimiter, pageSize } = listing
  const objects: ObjectRecord[] = []
  const commonPrefixes = new Set<string>()
  let last = after
  for (const key of keysInOrder(bucket)) {
    if (!key.startsWith(prefix) || compareKeys(key, last) <= 0) continue
    const group = groupOf(key, prefix, delimiter)
    // The rest of a group that the page before has listed.
    if (group !== undefined && (group === last || commonPrefixes.has(group))) continue
    if (objects.length + commonPrefixes.size >= pageSize) {
      return { objects, commonPrefixes: [...commonPrefixes], last: pageSize > 0 ? last : undefined }
    }
    const record = bucket.objects.get(key)
    if (group !== undefined) commonPrefixes.add(group)
    else if (record) objects.push(record)
    last = group ?? key
  }
  return { objects, commonPrefixes: [...commonPrefixes] }
}

function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined
  const end = key.indexOf(delimiter, prefix.length)
  return end < 0 ? undefined : key.slice(0, end + delimiter.length)
}

function listingContent(bucket: CatalogBucket, listing: Listing, page: Page) {
  const { prefix, delimiter, pageSize, encoding, encode } = listing
  return {
    Name: bucket.record.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: pageSize,
    EncodingType: encoding,
    IsTruncated: page.last !== undefined,
    Contents: page.objects.map(({ key, lastModified, etag, size, checksum }) => ({
      Key: encode(key),
      LastModified: new Date(lastModified).toISOString(),
      ETag: `"${etag}"`,
      ...(checksum && {
        ChecksumAlgorithm: checksum.algorithm.toUpperCase(),
        ChecksumType: checksum.type,
      }),
      Size: size,
      StorageClass: 'STANDARD',
    })),
    CommonPrefixes: page.commonPrefixes.map((group) => ({ Prefix: encode(group) })),
  }
}

function readToken(token: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(token))
  } catch {
    // Whatever it is, it is not one of ours.
    throw new TestS3Error('InvalidArgument', 'The continuation token provided is incorrect', {
      ArgumentName: 'continuation-token',
    })
  }
}

function compareIds(a: UploadRecord, b: UploadRecord): number {
  return a.uploadId < b.uploadId ? -1 : 1
}

/** Behind the marker's key, or behind its upload where the key has several. */
function isBehind(
  upload: UploadRecord,
  keyMarker: string,
  idMarker: string,
  sorted: readonly UploadRecord[],
): boolean {
  if (keyMarker === '') return true
  const order = compareKeys(upload.key, keyMarker)
  if (order !== 0 || idMarker === '') return order > 0
  const marked = sorted.findIndex(({ uploadId }) => uploadId === idMarker)
  return marked >= 0 && sorted.indexOf(upload) > marked
}
