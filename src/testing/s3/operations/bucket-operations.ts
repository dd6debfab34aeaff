import { formatIsoDate } from '../../../s3/date-text.js'
import { childText, type XmlElement } from '../../../s3/xml.js'
import { receiveDocument, requireKnownChildren } from '../bodies/receive-document.js'
import { notHeeded } from '../headers/operation-headers.js'
import { amzHeadersOf } from '../http/parsed-request.js'
import { emptyResponse, xmlResponse } from '../http/s3-response.js'
import { requireBucketName } from '../model/bucket-name.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { BucketCall, ServiceCall, SignedCall } from './operation-call.js'

/** Whose all buckets and objects are. */
export const owner = { ID: 'test-s3' }

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export async function answerListBuckets({ setup }: ServiceCall): Promise<Response> {
  const buckets = setup.catalog.buckets().map(({ record }) => record)
  const sorted = buckets.sort((a, b) => (a.name < b.name ? -1 : 1))
  return xmlResponse('ListAllMyBucketsResult', {
    Owner: owner,
    Buckets: {
      Bucket: sorted.map(({ name, createdAt }) => ({
        Name: name,
        CreationDate: formatIsoDate(createdAt),
      })),
    },
  })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export async function answerCreateBucket(call: SignedCall): Promise<Response> {
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
  requirePlainBucket(amzHeadersOf(request))
  if (request.contentLength !== 0) {
    requireOwnRegion(await receiveDocument(call, 'CreateBucketConfiguration'), setup.region)
  }
  const { cors, lifecycle } = setup
  await setup.catalog.saveBucket({ name, createdAt: setup.now(), cors, lifecycle })
  return emptyResponse(200, { location: `/${name}` })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export async function answerHeadBucket({ setup }: BucketCall): Promise<Response> {
  return emptyResponse(200, { 'x-amz-bucket-region': setup.region })
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export async function answerGetBucketLocation({ setup }: BucketCall): Promise<Response> {
  return xmlResponse('LocationConstraint', setup.region === 'us-east-1' ? '' : setup.region)
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export async function answerDeleteBucket({ setup, bucket }: BucketCall): Promise<Response> {
  if (bucket.objects.size > 0 || bucket.arriving > 0) {
    throw new TestS3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
      BucketName: bucket.record.name,
    })
  }
  await setup.catalog.removeBucket(bucket)
  return emptyResponse(204)
}

/** A bucket has neither ACLs nor object lock here. */
function requirePlainBucket(headers: ReadonlyMap<string, string>): void {
  const acl = headers.get('x-amz-acl') ?? 'private'
  if (acl !== 'private') {
    throw new TestS3Error(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    )
  }
  const lock = headers.get('x-amz-bucket-object-lock-enabled') ?? 'false'
  if (lock.toLowerCase() !== 'false') throw notHeeded('x-amz-bucket-object-lock-enabled')
  const ownership = headers.get('x-amz-object-ownership') ?? 'BucketOwnerEnforced'
  if (ownership !== 'BucketOwnerEnforced') throw notHeeded('x-amz-object-ownership')
}

function requireOwnRegion(document: XmlElement, region: string): void {
  requireKnownChildren(document, ['LocationConstraint'])
  const location = childText(document, 'LocationConstraint')
  if (location === undefined || location === region) return
  throw new TestS3Error(
    'IllegalLocationConstraintException',
    `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  )
}
