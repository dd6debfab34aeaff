import { partCountOf, partSize } from '../../../s3/part-plan.js'
import type { Completion, UploadToComplete } from '../../../s3-client/complete-multipart-upload.js'
import type { StoredPart } from '../../../s3-client/list-parts.js'
import type { SigningConfig } from '../../config/signing-config.js'
import { isSigningError, packageRefusal, type SigningError } from '../../errors/signing-error.js'
import { findObject, lookAtStored } from '../../storage/find-object.js'
import type { StorageClient } from '../../storage/storage-client.js'
import { storageFailure } from '../../storage/storage-errors.js'
import type { MultipartClaims } from '../../tokens/upload-token.js'
import { uploadExists } from '../signing/begin-multipart.js'

/** With what an upload is put together. */
interface AssemblyContext {
  readonly config: Pick<SigningConfig, 'completionOverwrite' | 'runtime'>
  readonly s3: StorageClient
}

/** What became of the parts; `completed` says that S3 has just confirmed it, so that the object is certainly there. */
export type Assembly = 'completed' | 'assembled' | 'pending'

/** Between looks at an upload that another request is completing. */
const pausesMs = [200, 400, 800]
const maxNamedParts = 10

/**
 * Puts an upload's parts together, if they are all there and no object stands under the key. An upload that was put
 * together before, by a request whose answer was lost or by another one at the same time, counts as well.
 *
 * @throws SigningError `parts-missing`, `upload-gone`, `upload-exists`, or what S3 says.
 */
export async function assembleUpload(
  claims: MultipartClaims,
  context: AssemblyContext,
): Promise<Assembly> {
  const { s3, config } = context
  // Looked for here, because not every server heeds the condition that the completion is sent with.
  const [listed, stored] = await Promise.all([s3.listParts(claims), findObject(claims.key, s3)])
  if (listed === undefined) {
    // Between the two answers, another request may have put it together.
    return stored?.size === claims.size ? 'assembled' : requireAssembled(claims, context)
  }
  if (stored) return settle(claims, context)
  const parts = requireParts(listed, claims)
  const { completionOverwrite: overwrite } = config
  return outcomeOf(await complete({ ...claims, parts, overwrite }, s3), claims, context)
}

async function outcomeOf(
  completion: Completion,
  claims: MultipartClaims,
  context: AssemblyContext,
): Promise<Assembly> {
  switch (completion) {
    case 'completed':
      return 'completed'
    case 'unfinished':
      return 'pending'
    case 'no-such-upload':
      return requireAssembled(claims, context)
    case 'object-exists':
      return settle(claims, context)
    case 'parts-changed':
      throw partsMissing('The parts have changed while they were put together. List them again.')
    default:
      return completion satisfies never
  }
}

/** A completion without an answer may have happened all the same. */
async function complete(upload: UploadToComplete, s3: StorageClient): Promise<Completion> {
  try {
    return await s3.completeMultipartUpload(upload)
  } catch (error) {
    const isUnanswered = isSigningError(error) && error.code === 'storage-error'
    if (isUnanswered && (await s3.listParts(upload)) === undefined) return 'no-such-upload'
    throw error
  }
}

/** The upload is over: either its object is there, or it was aborted. */
async function requireAssembled(
  { key, size }: MultipartClaims,
  { s3 }: AssemblyContext,
): Promise<'assembled'> {
  const stored = await lookAtStored({ key }, s3).catch((error: unknown) => {
    if (!isSigningError(error) || error.code !== 'upload-not-found') throw error
    throw uploadGone(error.cause)
  })
  if (stored?.size === size) return 'assembled'
  throw uploadGone()
}

/** Both the upload and an object are there: waits whether the one is just becoming the other. */
async function settle(claims: MultipartClaims, context: AssemblyContext): Promise<'assembled'> {
  const { s3, config } = context
  for (const pause of pausesMs) {
    if ((await s3.listParts(claims)) === undefined) return requireAssembled(claims, context)
    await config.runtime.sleep(pause)
  }
  if (await findObject(claims.key, s3)) throw uploadExists()
  throw storageFailure(
    new Error('s3-direct-upload: S3 reported a conflict, but no object stands under the key.'),
  )
}

function requireParts(
  listed: ReadonlyMap<number, StoredPart>,
  claims: MultipartClaims,
): StoredPart[] {
  const numbers = Array.from({ length: partCountOf(claims) }, (_, index) => index + 1)
  const parts: StoredPart[] = []
  const missing: number[] = []
  for (const partNumber of numbers) {
    const part = listed.get(partNumber)
    if (part?.size === partSize(claims, partNumber)) parts.push(part)
    else missing.push(partNumber)
  }
  if (missing.length === 0) return parts
  const named = missing.slice(0, maxNamedParts).join(', ')
  const more = missing.length > maxNamedParts ? ', …' : ''
  throw partsMissing(
    `of ${numbers.length} parts, ${missing.length} are missing or of another size than planned: ${named}${more}. Send them again.`,
  )
}

function uploadGone(cause?: unknown): SigningError {
  const message = 'the storage no longer has the parts of this upload. Send the file again.'
  return packageRefusal('upload-gone', message, cause === undefined ? {} : { cause })
}

function partsMissing(message: string): SigningError {
  return packageRefusal('parts-missing', message)
}
