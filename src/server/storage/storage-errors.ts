import { SigningError } from '../errors/signing-error.js'
import type { Refusal } from '../s3-client/s3-answer.js'

/** After these the same request can succeed, though their HTTP status is below 500. */
const passingCodes: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'OperationAborted',
  'RequestTimeout',
  'RequestTimeTooSkewed',
  'TokenRefreshRequired',
])

/** Says that no object stands under an upload's key; only an unclear answer of S3 has a cause. */
export function uploadNotFound(cause?: Error): SigningError {
  const message = 'The file has not arrived in the storage.'
  return new SigningError('upload-not-found', message, cause && { cause })
}

/** Says that S3 did not answer, or not as S3 does. */
export function storageFailure(cause: unknown): SigningError {
  return new SigningError('storage-error', 'The storage did not answer. Try again.', { cause })
}

/** Says that another object has come into the place of one that was looked at; the next look is at that one. */
export function objectReplaced(): SigningError {
  return storageFailure(
    new Error('s3-direct-upload: the object was replaced while it was looked at.'),
  )
}

/** Says that S3 refused a request; `advice` is what helps most often. */
export function storageRefusal(refusal: Refusal, advice: string): SigningError {
  const { error } = refusal
  if (error !== undefined && passingCodes.has(error.code)) {
    return storageFailure(new Error(`s3-direct-upload: ${answerOf(refusal)}`))
  }
  const hint =
    regionHint(refusal) ?? `${advice} Check region, endpoint, credentials and the policy.`
  const cause = new Error(`s3-direct-upload: ${answerOf(refusal)} ${hint}`)
  return new SigningError('storage-refused', 'The storage refuses this server.', { cause })
}

function regionHint({ status, region }: Refusal): string | undefined {
  if (region) {
    return `The bucket is in the region "${region}". Set region (AWS_REGION) to "${region}", and leave out an endpoint of another region.`
  }
  if (status < 300 || status >= 400) return undefined
  return 'The bucket is elsewhere. Set region (AWS_REGION) and endpoint (AWS_ENDPOINT_URL_S3) to those of the bucket.'
}

/**
 * Reads why S3 refused to show an object.
 *
 * Without the permission `s3:ListBucket`, S3 answers 403 for an object that does not exist. A missing object is then
 * by far the likelier reason, unless S3 names another one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export function objectRefusal(refusal: Refusal): SigningError {
  const { status, error } = refusal
  const isDenied = status === 403 && (error === undefined || error.code === 'AccessDenied')
  if (!isDenied || error?.message.includes('s3:GetObject')) {
    return storageRefusal(refusal, 'Grant s3:GetObject.')
  }
  return uploadNotFound(
    new Error(
      `s3-direct-upload: ${answerOf(refusal)} The object is missing, or the credentials may not read it. ` +
        'Grant them s3:ListBucket on the bucket, so that S3 tells one from the other, and s3:GetObject on its objects.',
    ),
  )
}

/** Says that an object which is certainly there may not be read; `cause` is what S3 answered. */
export function objectUnreadable(cause: unknown): SigningError {
  const hint = 'The object is stored, but the credentials may not read it. Grant them s3:GetObject.'
  const error = new Error(`s3-direct-upload: ${hint}`, { cause })
  return new SigningError('storage-refused', 'The storage refuses this server.', { cause: error })
}

function answerOf({ status, error }: Refusal): string {
  return `S3 answered ${status} ${error?.code ?? 'without an error document'}. ${error?.message ?? ''}`.trim()
}
