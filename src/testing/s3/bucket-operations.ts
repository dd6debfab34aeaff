import { childText, type XmlElement } from '../../s3/xml.js'
import type { BucketCall, ServiceCall, SignedCall } from './operation-call.js'
import { receiveDocument } from './receive-document.js'
import { emptyResponse, xmlResponse } from './s3-response.js'
import { TestS3Error } from './test-s3-error.js'

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export async function listBuckets({ setup }: ServiceCall): Promise<Response> {
  const buckets = setup.catalog.buckets().map(({ record }) => record)
  const sorted = buckets.sort((a, b) => (a.name < b.name ? -1 : 1))
  return xmlResponse('ListAllMyBucketsResult', {
    Owner: { ID: 'test-s3' },
    Buckets: {
      Bucket: sorted.map(({ name, createdAt }) => ({
        Name: name,
        CreationDate: new Date(createdAt).toISOString(),
      })),
    },
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export async function createBucket(call: SignedCall): Promise<Response> {
  const { setup, request } = call
  const name = request.bucket ?? ''
  if (setup.catalog.bucket(name)) {
    throw new TestS3Error(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      { BucketName: name },
    )
  }
  requireBucketName(name)
  if (request.contentLength)
    requireOwnRegion(await receiveDocument(call, 'CreateBucketConfiguration'), setup.region)
  const { cors, lifecycle } = setup
  await setup.catalog.saveBucket({ name, createdAt: setup.now().getTime(), cors, lifecycle })
  return emptyResponse(200, { location: `/${name}` })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export async function headBucket({ setup }: BucketCall): Promise<Response> {
  return emptyResponse(200, { 'x-amz-bucket-region': setup.region })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export async function getBucketLocation({ setup }: BucketCall): Promise<Response> {
  return xmlResponse('LocationConstraint', setup.region === 'us-east-1' ? '' : setup.region)
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export async function deleteBucket({ setup, bucket }: BucketCall): Promise<Response> {
  if (bucket.objects.size > 0 || bucket.arriving > 0) {
    throw new TestS3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
      BucketName: bucket.record.name,
    })
  }
  await setup.catalog.removeBucket(bucket)
  return emptyResponse(204)
}

function requireOwnRegion(document: XmlElement, region: string): void {
  const location = childText(document, 'LocationConstraint')
  if (location === undefined || location === region) return
  throw new TestS3Error(
    'IllegalLocationConstraintException',
    `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  )
}

/**
 * Checks that a bucket may have this name.
 *
 * @throws TestS3Error `InvalidBucketName`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function requireBucketName(name: string): void {
  if (bucketName.test(name) && !name.includes('..')) return
  throw new TestS3Error('InvalidBucketName', 'The specified bucket is not valid.', {
    BucketName: name,
  })
}
