import type {
  CompletedUpload,
  CompleteUploadsRequest,
  CompleteUploadsResponse,
  Received,
  Refused,
} from '../../protocol/operations.js'
import { mapConcurrently } from '../map-concurrently.js'
import { isSameContentType } from '../media-type.js'
import type { OperationContext } from '../operation-context.js'
import { signReceipt } from '../receipt.js'
import { createS3Client, type S3Client } from '../s3-client.js'
import { isSigningError, SigningError, toProtocolError, toSigningError } from '../signing-error.js'
import type { SigningOptions } from '../signing-options.js'
import { uploadNotFound } from '../storage-failure.js'
import type { StoredUpload } from '../stored-upload.js'
import { type UploadClaims, verifyUploadToken } from '../upload-token.js'

const maxConcurrentUploads = 16

interface CompletionContext extends OperationContext {
  readonly s3: S3Client
}

/** Looks at up to a hundred stored objects and writes a receipt for each that is what was signed. */
export async function completeUploads(
  { uploads }: Received<CompleteUploadsRequest>,
  context: OperationContext,
): Promise<CompleteUploadsResponse> {
  const s3 = createS3Client(context.config)
  return {
    uploads: await mapConcurrently(uploads, {
      limit: maxConcurrentUploads,
      map: async (upload) =>
        'error' in upload ? upload : completeUpload(upload.token, { ...context, s3 }),
    }),
  }
}

async function completeUpload(
  token: string,
  context: CompletionContext,
): Promise<CompletedUpload | Refused> {
  const { config } = context
  const verified = await verifyUploadToken(token, context)
  if (verified.error) return { id: verified.id, error: toProtocolError(verified.error) }
  const { id } = verified.claims
  try {
    const upload = await lookAtUpload(verified.claims, context.s3)
    const result = await resultOf(upload, config.onUploadComplete)
    const receipt = await signReceipt(upload, context)
    const { key, size, etag, contentType } = upload
    return { id, key, size, etag, contentType, receipt, result }
  } catch (thrown) {
    return { id, error: toProtocolError(toSigningError(thrown, config.onError)) }
  }
}

async function lookAtUpload(claims: UploadClaims, s3: S3Client): Promise<StoredUpload> {
  const stored = await s3.headObject(claims.key)
  if (stored === undefined) throw uploadNotFound()
  if (stored.size !== claims.size) {
    const message = `The stored object has ${stored.size} bytes; ${claims.size} were signed.`
    throw new SigningError('size-mismatch', message)
  }
  if (!isSameContentType(stored.contentType, claims.contentType)) {
    const message = 'The stored object has another content type than was signed.'
    throw new SigningError('type-mismatch', message)
  }
  const { id, bucket, key, owner, name, relativePath, metadata } = claims
  return { id, bucket, key, ...stored, owner, name, relativePath, metadata }
}

/** Runs the app's own step and returns the JSON of its value. */
async function resultOf(
  upload: StoredUpload,
  onUploadComplete: SigningOptions['onUploadComplete'],
): Promise<unknown> {
  try {
    const json = JSON.stringify(await onUploadComplete?.(upload))
    return json === undefined ? undefined : JSON.parse(json)
  } catch (cause) {
    if (isSigningError(cause)) throw cause
    const message = 'The file is stored, but the server could not finish with it. Try again.'
    throw new SigningError('completion-failed', message, { cause })
  }
}
