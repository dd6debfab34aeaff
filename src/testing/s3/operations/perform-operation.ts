import { authenticate } from '../authentication/authenticate.js'
import { requireNoCustomerKey } from '../headers/customer-keys.js'
import { requireHeededHeaders } from '../headers/operation-headers.js'
import { amzHeadersOf } from '../http/incoming-request.js'
import type { OperationName } from '../http/operation-routes.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { noSuchBucket } from '../storage/catalog-bucket.js'
import { deleteBucketCors, getBucketCors, putBucketCors } from './bucket-cors-operations.js'
import {
  deleteBucketLifecycle,
  getBucketLifecycle,
  putBucketLifecycle,
} from './bucket-lifecycle-operations.js'
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
} from './bucket-operations.js'
import { completeMultipartUpload } from './complete-multipart-upload.js'
import { copyObject, uploadPartCopy } from './copy-operations.js'
import { preflight } from './cors.js'
import { deleteObjects } from './delete-objects.js'
import { listMultipartUploads } from './list-multipart-uploads.js'
import { listObjects, listObjectsV2 } from './list-operations.js'
import { listParts } from './list-parts.js'
import { abortMultipartUpload, createMultipartUpload, uploadPart } from './multipart-operations.js'
import { deleteObject, getObject, headObject, putObject } from './object-operations.js'
import type { BucketCall, ObjectCall, ServiceCall } from './operation-call.js'
import { postObject } from './post-object.js'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './tagging-operations.js'

type Handler<Call> = (call: Call) => Promise<Response>

const bucketOperations: Partial<Record<OperationName, Handler<BucketCall>>> = {
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getBucketLocation,
  GetBucketCors: getBucketCors,
  PutBucketCors: putBucketCors,
  DeleteBucketCors: deleteBucketCors,
  GetBucketLifecycleConfiguration: getBucketLifecycle,
  PutBucketLifecycleConfiguration: putBucketLifecycle,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListMultipartUploads: listMultipartUploads,
  DeleteObjects: deleteObjects,
}

const objectOperations: Partial<Record<OperationName, Handler<ObjectCall>>> = {
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  CopyObject: copyObject,
  GetObjectTagging: getObjectTagging,
  PutObjectTagging: putObjectTagging,
  DeleteObjectTagging: deleteObjectTagging,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  ListParts: listParts,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
}

/**
 * Does what a request asks for: first the bucket, then the signature, then the operation itself.
 *
 * @throws TestS3Error with S3's code for whatever is wrong.
 */
export async function perform(operation: OperationName, call: ServiceCall): Promise<Response> {
  const { setup, request } = call
  if (operation === 'Preflight') return preflight(call)
  if (operation === 'ListBuckets' || operation === 'CreateBucket') {
    const signedCall = { ...call, authentication: await authenticate(call) }
    requireHeaders(operation, call)
    return operation === 'ListBuckets' ? listBuckets(call) : createBucket(signedCall)
  }
  const bucket = setup.catalog.bucket(request.bucket ?? '')
  if (!bucket) throw noSuchBucket(request.bucket)
  if (operation === 'PostObject') {
    requireHeaders(operation, call)
    return postObject({ ...call, bucket })
  }
  const bucketCall = { ...call, bucket, authentication: await authenticate(call) }
  requireHeaders(operation, call)
  const onBucket = bucketOperations[operation]
  if (onBucket) return onBucket(bucketCall)
  const onObject = objectOperations[operation]
  if (onObject && request.key !== undefined) return onObject({ ...bucketCall, key: request.key })
  throw new TestS3Error('NotImplemented', `${operation} is not implemented.`)
}

function requireHeaders(operation: OperationName, { setup, request }: ServiceCall): void {
  requireNoCustomerKey(operation, amzHeadersOf(request), setup.hashes)
  requireHeededHeaders(operation, request)
}
