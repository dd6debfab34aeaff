import { classifyRefusal, type StorageCause } from '../../s3/error-codes.js'
import { NoCredentialsError } from '../../s3-client/live-credentials.js'
import { isAccessDenied } from '../../s3-client/s3-answer.js'
import type { S3Refusal } from '../../s3-client/s3-failure.js'
import { type S3Operation, S3RequestError } from '../../s3-client/s3-failure.js'
import { namesPermission } from '../../s3-client/s3-wording.js'
import { misconfigured, packageRefusal, type SigningError } from '../errors/signing-error.js'

/** What the credentials need for each request. */
const advices: Readonly<Record<S3Operation, string>> = {
  AbortMultipartUpload: 'Grant s3:AbortMultipartUpload.',
  CompleteMultipartUpload: 'Grant s3:PutObject.',
  CreateMultipartUpload: 'Grant s3:PutObject.',
  DeleteObject: 'Grant s3:DeleteObject.',
  GetObject: 'Grant s3:GetObject.',
  GetObjectTagging: 'Grant s3:GetObjectTagging.',
  HeadObject: 'Grant s3:GetObject.',
  ListMultipartUploads: 'Grant s3:ListBucketMultipartUploads.',
  ListParts: 'Grant s3:ListMultipartUploadParts.',
  PutObjectTagging: 'Grant s3:PutObjectTagging and s3:DeleteObjectTagging.',
}

/** What helps where the cause says it, whatever S3 was asked for. */
const waysOut: Partial<Record<StorageCause, string>> = {
  'storage-clock': 'Set the clock of this server by NTP.',
  'signature-expired': 'Give the handler a provider of credentials that renews them in time.',
  'signature-wrong':
    'Check the secret key (AWS_SECRET_ACCESS_KEY) and region, and that no proxy changes host, path or headers.',
  'storage-key-unknown':
    'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of one key, and AWS_SESSION_TOKEN exactly where the key is temporary.',
  'bucket-missing': 'Check bucket, region and endpoint.',
  // S3 says so when parts are put together.
  'file-too-small': 'Raise partSize to what this storage asks for.',
}

/**
 * Turns what a request to S3 failed with into a refusal for the client; what else was thrown passes.
 *
 * Its code is `storage-error` where the same request can succeed later, `misconfigured` without usable credentials,
 * `upload-not-found` where S3 does not say whether an object exists, and `storage-refused` otherwise.
 */
export function translateStorageError(error: unknown): unknown {
  if (error instanceof NoCredentialsError) return credentialsMissing(error)
  if (!(error instanceof S3RequestError)) return error
  const { answer, operation } = error
  const wayOut = answer && waysOut[classifyRefusal(answer).cause]
  if (error.isTransient || answer === undefined || operation === undefined) {
    return storageFailure(wayOut ? explained(error, wayOut) : (error.cause ?? error))
  }
  const isLook = operation === 'HeadObject' || operation === 'GetObject'
  if (isLook && isMissingOrDenied(answer)) return uploadNotFound(explained(error, lookAdvice))
  const hint =
    regionHint(answer) ??
    wayOut ??
    `${adviceFor(error, operation)} Check region, endpoint, credentials and the policy.`
  return storageRefused(explained(error, hint))
}

/** Says that no object stands under an upload's key; only an unclear answer of S3 has a cause. */
export function uploadNotFound(cause?: Error): SigningError {
  const message =
    'no object stands under the key of the upload: the bytes have not arrived. Send them again.'
  return packageRefusal('upload-not-found', message, cause && { cause })
}

const storageSilent =
  'the storage did not answer the server, or not as S3 does. Try again; the onError of the handler has the cause.'
const storageRefuses =
  'the storage refuses this server. The onError of the handler has the cause; s3-direct-upload doctor finds it too.'

/** Says that S3 did not answer, or not as S3 does. */
export function storageFailure(cause: unknown): SigningError {
  return packageRefusal('storage-error', storageSilent, { cause })
}

/** Says that another object has come into the place of one that was looked at; the next look is at that one. */
export function objectReplaced(): SigningError {
  return storageFailure(
    new Error('s3-direct-upload: the object was replaced while it was looked at.'),
  )
}

/** Says that an object which is certainly there may not be read; `cause` is what S3 answered. */
export function objectUnreadable(cause: unknown): SigningError {
  const hint = 'The object is stored, but the credentials may not read it. Grant them s3:GetObject.'
  return storageRefused(new Error(`s3-direct-upload: ${hint}`, { cause }))
}

function storageRefused(cause: Error): SigningError {
  return packageRefusal('storage-refused', storageRefuses, { cause })
}

function credentialsMissing({ reason, cause }: NoCredentialsError): SigningError {
  if (reason === 'misconfigured') return misconfigured(cause)
  const message =
    'the server has no valid credentials for the storage at the moment. Try again; onError has the cause.'
  return packageRefusal('storage-error', message, { cause })
}

function explained(error: S3RequestError, hint: string): Error {
  return new Error(`${error.message} ${hint}`, { cause: error })
}

const lookAdvice =
  'The object is missing, or the credentials may not read it. ' +
  'Grant them s3:ListBucket on the bucket, so that S3 tells one from the other, and s3:GetObject on its objects.'

/**
 * Tells whether S3 may have refused to show an object because there is none.
 *
 * Without the permission `s3:ListBucket`, S3 answers 403 for an object that does not exist. A missing object is then
 * by far the likelier reason, unless S3 names another one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
function isMissingOrDenied(answer: S3Refusal): boolean {
  return isAccessDenied(answer) && !namesPermission(answer.error, 's3:GetObject')
}

function regionHint({ status, region }: S3Refusal): string | undefined {
  if (region) {
    return `The bucket is in the region "${region}". Set region (AWS_REGION) to "${region}", and leave out an endpoint of another region.`
  }
  if (status < 300 || status >= 400) return undefined
  return 'The bucket is elsewhere. Set region (AWS_REGION) and endpoint (AWS_ENDPOINT_URL_S3) to those of the bucket.'
}

/** Says what helps most often. */
function adviceFor(error: S3RequestError, operation: S3Operation): string {
  if (operation === 'CreateMultipartUpload') return adviceForCreation(error)
  if (operation !== 'CompleteMultipartUpload') return advices[operation]
  if (error.doubtfulHeaders.length === 0) return advices[operation]
  return "If it has no conditional requests, set the provider it is, or overwrite to 'allow'."
}

function adviceForCreation({ sentHeaders, doubtfulHeaders }: S3RequestError): string {
  const hasTags = sentHeaders.includes('x-amz-tagging')
  if (doubtfulHeaders.length === 0) {
    return hasTags ? 'Grant s3:PutObject and s3:PutObjectTagging.' : advices.CreateMultipartUpload
  }
  const isChecked = doubtfulHeaders.includes('x-amz-checksum-algorithm')
  const advice = [
    ...(isChecked ? ['If it has no SHA-256 checksums, set checksums to false.'] : []),
    ...(hasTags ? ["If it has no object tags, leave out unclaimed: 'tag' and storage.tags."] : []),
  ]
  return advice.join(' ') || 'It may not know one of the headers that storage asks for.'
}
