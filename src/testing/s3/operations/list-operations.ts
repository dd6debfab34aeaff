import { formatIsoDate } from '../../../s3/date-text.js'
import { fromBase64, toBase64 } from '../../../sigv4/crypto.js'
import { storageClassOf } from '../headers/object-headers.js'
import { xmlResponse } from '../http/s3-response.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { CatalogBucket } from '../storage/catalog-bucket.js'
import { owner } from './bucket-operations.js'
import { type Listing, type ListPage, listPage, readListing } from './list-page.js'
import type { BucketCall } from './operation-call.js'

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export async function answerListObjectsV2({ request, bucket }: BucketCall): Promise<Response> {
  const { query } = request
  requireListType(query.get('list-type'))
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after')
  const listing = readListing(query)
  const page = listPage(bucket, listing, token ? readToken(token) : (startAfter ?? ''))
  return xmlResponse('ListBucketResult', {
    ...listingContent(bucket, listing, page, { withOwner: query.get('fetch-owner') === 'true' }),
    KeyCount: page.objects.length + page.commonPrefixes.length,
    ContinuationToken: token,
    StartAfter: startAfter === undefined ? undefined : listing.encode(startAfter),
    NextContinuationToken: page.last === undefined ? undefined : toBase64(page.last),
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export async function answerListObjects({ request, bucket }: BucketCall): Promise<Response> {
  const listing = readListing(request.query)
  const marker = request.query.get('marker') ?? ''
  const page = listPage(bucket, listing, marker)
  return xmlResponse('ListBucketResult', {
    ...listingContent(bucket, listing, page, { withOwner: true }),
    Marker: listing.encode(marker),
    NextMarker: page.last === undefined ? undefined : listing.encode(page.last),
  })
}

function requireListType(type: string | undefined): void {
  if (type === '2') return
  throw new TestS3Error('InvalidArgument', 'Invalid List Type specified in Request', {
    ArgumentName: 'list-type',
    ArgumentValue: type,
  })
}

function listingContent(
  bucket: CatalogBucket,
  listing: Listing,
  page: ListPage,
  { withOwner }: { readonly withOwner: boolean },
) {
  const { prefix, delimiter, pageSize, encoding, encode } = listing
  return {
    Name: bucket.record.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: pageSize,
    EncodingType: encoding,
    IsTruncated: page.last !== undefined,
    Contents: page.objects.map(({ key, lastModified, etag, size, checksum, kept }) => ({
      Key: encode(key),
      LastModified: formatIsoDate(lastModified),
      ETag: `"${etag}"`,
      ...(checksum && {
        ChecksumAlgorithm: checksum.algorithm.toUpperCase(),
        ChecksumType: checksum.type,
      }),
      Size: size,
      StorageClass: storageClassOf({ kept }),
      Owner: withOwner ? owner : undefined,
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
