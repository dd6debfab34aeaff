import { mapConcurrently } from '../../async/map-concurrently.js'
import { withTimeout } from '../../async/with-timeout.js'
import type {
  CompletedUpload,
  CompleteUploadsRequest,
  CompleteUploadsResponse,
  PendingUpload,
  Received,
  Refused,
} from '../../protocol/operations.js'
import { type OperationContext, tokenFactsOf, watchFactsOf } from '../config/operation-context.js'
import type { StoredUpload } from '../contract/files.js'
import type { JsonObject } from '../contract/json.js'
import {
  isSigningError,
  malformedItem,
  packageRefusal,
  type SigningError,
  toProtocolError,
  toSigningError,
} from '../errors/signing-error.js'
import { watchFile } from '../events/watch-file.js'
import { findOtherMultiparts, removeEach } from '../storage/multiparts.js'
import { createStorageClient, type StorageClient } from '../storage/storage-client.js'
import { objectUnreadable } from '../storage/storage-errors.js'
import { withObject } from '../storage/with-object.js'
import { signReceipt } from '../tokens/receipt.js'
import {
  type MultipartClaims,
  type UploadClaims,
  uploadName,
  verifyUploadToken,
} from '../tokens/upload-token.js'
import { type Assembly, assembleUpload } from './completing/assemble-upload.js'
import { acceptObject } from './completing/verify-stored-object.js'
import { shareWork } from './share-work.js'

const maxConcurrentUploads = 16
const retryAfterSeconds = 2

interface CompletionContext extends OperationContext {
  readonly s3: StorageClient
}

/**
 * Puts uploads together, looks at up to a hundred stored objects, and writes a receipt for each that is what was signed.
 *
 * An upload that a request names several times is completed once, and every entry has the same answer.
 */
export async function completeUploads(
  { uploads }: Received<CompleteUploadsRequest>,
  context: OperationContext,
): Promise<CompleteUploadsResponse> {
  const s3 = createStorageClient(context.config)
  const facts = tokenFactsOf(context)
  const watched = watchFactsOf(context)
  const once = shareWork<Answer>()
  const answerTo = (token: string): Answer | Promise<Answer> => {
    const verified = verifyUploadToken(token, facts)
    if (verified.error) return { id: verified.id, error: toProtocolError(verified.error) }
    const { claims } = verified
    return once(uploadName(claims), () => completeUpload(claims, { ...context, s3 }))
  }
  return {
    uploads: await mapConcurrently(uploads, {
      limit: maxConcurrentUploads,
      map: (upload) =>
        watchFile('complete-uploads', watched, () =>
          'error' in upload ? malformedItem(upload) : answerTo(upload.token),
        ),
    }),
  }
}

type Answer = CompletedUpload | PendingUpload | Refused

async function completeUpload(claims: UploadClaims, context: CompletionContext): Promise<Answer> {
  const { id } = claims
  try {
    const upload = await withObject(claims, context.config, () => storedUpload(claims, context))
    if (upload === 'pending') return { id, state: 'pending', retryAfterSeconds }
    return await confirmUpload(upload, context)
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

/** The object that was accepted, put together before where it came in parts. */
async function storedUpload(
  claims: UploadClaims,
  context: CompletionContext,
): Promise<StoredUpload<JsonObject> | 'pending'> {
  const assembly = await assemble(claims, context)
  if (assembly === 'pending') return 'pending'
  return await acceptAndTidy(claims, context).catch((thrown: unknown) => {
    throw assembly === 'completed' ? explainRefusal(thrown) : thrown
  })
}

async function assemble(claims: UploadClaims, context: CompletionContext): Promise<Assembly> {
  return claims.method === 'MULTIPART' ? assembleUpload(claims, context) : 'assembled'
}

/** Removes other multipart uploads of the file while the object is looked at, so that it takes no extra time. */
async function acceptAndTidy(
  claims: UploadClaims,
  context: CompletionContext,
): Promise<StoredUpload<JsonObject>> {
  const tidied = claims.method === 'MULTIPART' ? tidyUp(claims, context) : undefined
  try {
    return await acceptObject(claims, context)
  } finally {
    // Where every request has a process of its own, what is under way ends with the answer.
    await tidied
  }
}

/** Never fails: the file is complete, whatever else is still open under its key. */
async function tidyUp(claims: MultipartClaims, context: CompletionContext): Promise<void> {
  const { s3, config } = context
  const { onError, runtime, tidyingTimeoutMs, reportUnlistable } = config
  const others = findOtherMultiparts(claims, { s3, reportUnlistable })
  const work = others.then((targets) => removeEach(targets, s3))
  await withTimeout(
    work.then(() => undefined, onError),
    tidyingTimeoutMs,
    runtime,
  )
}

async function confirmUpload(
  upload: StoredUpload<JsonObject>,
  context: CompletionContext,
): Promise<CompletedUpload> {
  const result = await resultOf(upload, context)
  const receipt = signReceipt(upload, tokenFactsOf(context))
  const { id, key, size, etag, contentType } = upload
  const completed = { id, key, size, etag, contentType, receipt, result }
  return completed satisfies Record<keyof CompletedUpload, unknown>
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
    const message =
      'the file is stored, but onUploadComplete failed. The onError of the handler has the cause; completing again is safe.'
    throw packageRefusal('completion-failed', message, { cause })
  }
}
