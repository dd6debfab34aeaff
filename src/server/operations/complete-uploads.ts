import type {
  CompletedUpload,
  CompleteUploadsRequest,
  CompleteUploadsResponse,
  PendingUpload,
  Received,
  Refused,
} from '../../protocol/operations.js'
import { watchFile } from '../events/watch-file.js'
import type { JsonObject } from '../json.js'
import { mapConcurrently } from '../map-concurrently.js'
import type { StoredUpload } from '../objects/stored-upload.js'
import type { OperationContext } from '../operation-context.js'
import { createS3Client, type S3Client } from '../s3-client/s3-client.js'
import { objectUnreadable } from '../s3-client/storage-failure.js'
import { isSigningError, SigningError, toProtocolError, toSigningError } from '../signing-error.js'
import { signReceipt } from '../tokens/receipt.js'
import {
  type MultipartClaims,
  type UploadClaims,
  verifyUploadToken,
} from '../tokens/upload-token.js'
import { withinTime } from '../within-time.js'
import { acceptObject } from './accept-object.js'
import { type Assembly, assembleUpload } from './assemble-upload.js'
import { removeOtherUploads } from './remove-uploads.js'

const maxConcurrentUploads = 16
const retryAfterSeconds = 2

interface CompletionContext extends OperationContext {
  readonly s3: S3Client
}

/** Puts uploads together, looks at up to a hundred stored objects, and writes a receipt for each that is what was signed. */
export async function completeUploads(
  { uploads }: Received<CompleteUploadsRequest>,
  context: OperationContext,
): Promise<CompleteUploadsResponse> {
  const s3 = createS3Client(context.config)
  return {
    uploads: await mapConcurrently(uploads, {
      limit: maxConcurrentUploads,
      map: (upload) =>
        watchFile('complete-uploads', context, () =>
          'error' in upload ? upload : completeUpload(upload.token, { ...context, s3 }),
        ),
    }),
  }
}

async function completeUpload(
  token: string,
  context: CompletionContext,
): Promise<CompletedUpload | PendingUpload | Refused> {
  const verified = verifyUploadToken(token, context)
  if (verified.error) return { id: verified.id, error: toProtocolError(verified.error) }
  const { claims } = verified
  const { id } = claims
  try {
    const assembly = await assemble(claims, context)
    if (assembly === 'pending') return { id, state: 'pending', retryAfterSeconds }
    return await confirmAndTidy(claims, context).catch((thrown: unknown) => {
      throw assembly === 'completed' ? explainRefusal(thrown) : thrown
    })
  } catch (thrown) {
    if (claims.method === 'MULTIPART' && isNotFoundYet(thrown)) {
      return { id, state: 'pending', retryAfterSeconds }
    }
    return { id, error: toProtocolError(toSigningError(thrown, context.config.onError)) }
  }
}

/** The parts were put together, and S3 does not show the object yet. */
function isNotFoundYet(thrown: unknown): thrown is SigningError {
  return isSigningError(thrown) && thrown.code === 'upload-not-found'
}

/** Where the object is certainly there, a 403 cannot mean that it is missing; only that has a cause. */
function explainRefusal(thrown: unknown): unknown {
  const isRefused = isNotFoundYet(thrown) && thrown.cause !== undefined
  return isRefused ? objectUnreadable(thrown.cause) : thrown
}

async function assemble(claims: UploadClaims, context: CompletionContext): Promise<Assembly> {
  return claims.method === 'MULTIPART' ? assembleUpload(claims, context) : 'assembled'
}

/** Removes what else was begun for the file while the object is looked at, so that it takes no time of its own. */
async function confirmAndTidy(
  claims: UploadClaims,
  context: CompletionContext,
): Promise<CompletedUpload> {
  const tidied = claims.method === 'MULTIPART' ? tidyUp(claims, context) : undefined
  try {
    return await confirmUpload(claims, context)
  } finally {
    // Where every request has a process of its own, what is under way ends with the answer.
    await tidied
  }
}

/** Never fails: the file is complete, whatever else is still open under its key. */
async function tidyUp(claims: MultipartClaims, context: CompletionContext): Promise<void> {
  const { onError, tidyingTimeoutMilliseconds } = context.config
  const work = removeOtherUploads(claims, context).then(() => undefined, onError)
  await withinTime(work, tidyingTimeoutMilliseconds)
}

async function confirmUpload(
  claims: UploadClaims,
  context: CompletionContext,
): Promise<CompletedUpload> {
  const upload = await acceptObject(claims, context)
  const result = await resultOf(upload, context)
  const receipt = signReceipt(upload, context)
  const { id, key, size, etag, contentType } = upload
  return { id, key, size, etag, contentType, receipt, result }
}

/** Runs the app's own step and returns the JSON of its value. */
async function resultOf(
  upload: StoredUpload<JsonObject>,
  { caller, config }: CompletionContext,
): Promise<unknown> {
  try {
    const json = JSON.stringify(await config.onUploadComplete?.(upload, caller))
    return json === undefined ? undefined : JSON.parse(json)
  } catch (cause) {
    if (isSigningError(cause)) throw cause
    const message = 'The file is stored, but the server could not finish with it. Try again.'
    throw new SigningError('completion-failed', message, { cause })
  }
}
