import { authenticate } from '../authentication/authenticate.js'
import { requireNoCustomerKey } from '../headers/customer-keys.js'
import { requireHeededHeaders } from '../headers/operation-headers.js'
import type { S3OperationName } from '../http/operation-routes.js'
import { amzHeadersOf } from '../http/parsed-request.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { noSuchBucket } from '../storage/catalog-bucket.js'
import {
  answerDeleteBucketCors,
  answerGetBucketCors,
  answerPutBucketCors,
} from './bucket-cors-operations.js'
import {
  answerDeleteBucketLifecycle,
  answerGetBucketLifecycle,
  answerPutBucketLifecycle,
} from './bucket-lifecycle-operations.js'
import {
  answerCreateBucket,
  answerDeleteBucket,
  answerGetBucketLocation,
  answerHeadBucket,
  answerListBuckets,
} from './bucket-operations.js'
import { answerCompleteMultipartUpload } from './complete-multipart-upload.js'
import { answerCopyObject, answerUploadPartCopy } from './copy-operations.js'
import { answerPreflight } from './cors.js'
import { answerDeleteObjects } from './delete-objects.js'
import { answerListMultipartUploads } from './list-multipart-uploads.js'
import { answerListObjects, answerListObjectsV2 } from './list-operations.js'
import { answerListParts } from './list-parts.js'
import {
  answerAbortMultipartUpload,
  answerCreateMultipartUpload,
  answerUploadPart,
} from './multipart-operations.js'
import {
  answerDeleteObject,
  answerGetObject,
  answerHeadObject,
  answerPutObject,
} from './object-operations.js'
import type { BucketCall, ObjectCall, ServiceCall } from './operation-call.js'
import { answerPostObject } from './post-object.js'
import {
  answerDeleteObjectTagging,
  answerGetObjectTagging,
  answerPutObjectTagging,
} from './tagging-operations.js'

type Handler<Call> = (call: Call) => Promise<Response>

const bucketOperations: Partial<Record<S3OperationName, Handler<BucketCall>>> = {
  HeadBucket: answerHeadBucket,
  DeleteBucket: answerDeleteBucket,
  GetBucketLocation: answerGetBucketLocation,
  GetBucketCors: answerGetBucketCors,
  PutBucketCors: answerPutBucketCors,
  DeleteBucketCors: answerDeleteBucketCors,
  GetBucketLifecycleConfiguration: answerGetBucketLifecycle,
  PutBucketLifecycleConfiguration: answerPutBucketLifecycle,
  DeleteBucketLifecycle: answerDeleteBucketLifecycle,
  ListObjects: answerListObjects,
  ListObjectsV2: answerListObjectsV2,
  ListMultipartUploads: answerListMultipartUploads,
  DeleteObjects: answerDeleteObjects,
}

const objectOperations: Partial<Record<S3OperationName, Handler<ObjectCall>>> = {
  PutObject: answerPutObject,
  GetObject: answerGetObject,
  HeadObject: answerHeadObject,
  DeleteObject: answerDeleteObject,
  CopyObject: answerCopyObject,
  GetObjectTagging: answerGetObjectTagging,
  PutObjectTagging: answerPutObjectTagging,
  DeleteObjectTagging: answerDeleteObjectTagging,
  CreateMultipartUpload: answerCreateMultipartUpload,
  UploadPart: answerUploadPart,
  UploadPartCopy: answerUploadPartCopy,
  ListParts: answerListParts,
  CompleteMultipartUpload: answerCompleteMultipartUpload,
  AbortMultipartUpload: answerAbortMultipartUpload,
}

/**
 * Does what a request asks for: first the bucket, then the signature, then the operation itself.
 *
 * @throws TestS3Error with S3's code for whatever is wrong.
 */
export async function performOperation(
  operation: S3OperationName,
  call: ServiceCall,
): Promise<Response> {
  const { setup, request } = call
  if (operation === 'Preflight') return answerPreflight(call)
  if (operation === 'ListBuckets' || operation === 'CreateBucket') {
    const signedCall = { ...call, authentication: authenticate(setup, request) }
    requireHeaders(operation, call)
    return operation === 'ListBuckets' ? answerListBuckets(call) : answerCreateBucket(signedCall)
  }
  const bucket = setup.catalog.bucket(request.bucket ?? '')
  if (!bucket) throw noSuchBucket(request.bucket)
  if (operation === 'PostObject') {
    requireHeaders(operation, call)
    return answerPostObject({ ...call, bucket })
  }
  const bucketCall = { ...call, bucket, authentication: authenticate(setup, request) }
  requireHeaders(operation, call)
  const onBucket = bucketOperations[operation]
  if (onBucket) return onBucket(bucketCall)
  const onObject = objectOperations[operation]
  if (onObject && request.key !== undefined) return onObject({ ...bucketCall, key: request.key })
  throw new TestS3Error('NotImplemented', `${operation} is not implemented.`)
}

function requireHeaders(operation: S3OperationName, { setup, request }: ServiceCall): void {
  requireNoCustomerKey(operation, amzHeadersOf(request), setup.hashes)
  requireHeededHeaders(operation, request)
}
