import type {
  AbortUploadsRequest,
  AbortUploadsResponse,
  Received,
} from '../../protocol/operations.js'
import { watchFile } from '../events/watch-file.js'
import { mapConcurrently } from '../map-concurrently.js'
import { deleteUnclaimed } from '../objects/unclaimed-tag.js'
import type { OperationContext } from '../operation-context.js'
import type { SigningConfig } from '../options/signing-config.js'
import { createS3Client, type S3Client } from '../s3-client/s3-client.js'
import { storageFailure } from '../s3-client/storage-failure.js'
import { toProtocolError, toSigningError } from '../signing-error.js'
import { type MultipartClaims, verifyUploadToken } from '../tokens/upload-token.js'
import { removeOtherUploads, removeUpload } from './remove-uploads.js'

const maxConcurrentUploads = 16

/** Between aborts, about eight seconds in all; a part that is under way may land after each of them. */
const pausesMilliseconds = [0, 250, 500, 1000, 2000, 4000]

interface AbortContext extends OperationContext {
  readonly s3: S3Client
}

/**
 * Gives uploads up. A stored object stays, since the app may know of it; unless it still has the tag that says nobody
 * does, and only a completion could take that away.
 *
 * Between the last look at the tag and the deletion, a completion of the same upload by the same caller can come in: it
 * has a receipt then, and no object. S3 has no condition on tags that could forbid it, and no client of this package
 * aborts what it completes at the same time.
 */
export async function abortUploads(
  { tokens }: Received<AbortUploadsRequest>,
  context: OperationContext,
): Promise<AbortUploadsResponse> {
  const s3 = createS3Client(context.config)
  return {
    uploads: await mapConcurrently(tokens, {
      limit: maxConcurrentUploads,
      map: (token) =>
        watchFile('abort-uploads', context, () =>
          typeof token === 'string' ? abortUpload(token, { ...context, s3 }) : token,
        ),
    }),
  }
}

async function abortUpload(
  token: string,
  context: AbortContext,
): Promise<AbortUploadsResponse['uploads'][number]> {
  const verified = verifyUploadToken(token, context)
  if (verified.error) return { id: verified.id, error: toProtocolError(verified.error) }
  const { claims } = verified
  const { id } = claims
  try {
    if (claims.method === 'MULTIPART') await removeParts(claims, context)
    if (deletesObjects(context.config)) await deleteUnclaimed(claims.key, context.s3)
    return { id, state: 'aborted' }
  } catch (thrown) {
    return { id, error: toProtocolError(toSigningError(thrown, context.config.onError)) }
  }
}

/** An app that claims by itself can do so at the same moment: its objects are left to the lifecycle rule. */
function deletesObjects({ unclaimed, claim }: SigningConfig): boolean {
  return unclaimed === 'tag' && claim === 'on-complete'
}

/** Ends with nothing open under the key. */
async function removeParts(claims: MultipartClaims, context: AbortContext): Promise<void> {
  const { s3, config } = context
  for (const pause of pausesMilliseconds) {
    if (pause > 0) await config.sleep(pause)
    const gone = await Promise.all([removeUpload(claims, s3), removeOtherUploads(claims, context)])
    if (gone.every(Boolean)) return
  }
  throw storageFailure(
    new Error('s3-direct-upload: S3 still lists the upload after it was aborted several times.'),
  )
}
