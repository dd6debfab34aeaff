import { mapConcurrently } from '../../async/map-concurrently.js'
import type {
  AbortUploadsRequest,
  AbortUploadsResponse,
  Received,
} from '../../protocol/operations.js'
import type { MultipartTarget } from '../../s3-client/multipart-target.js'
import { type OperationContext, tokenFactsOf, watchFactsOf } from '../config/operation-context.js'
import type { SigningConfig } from '../config/signing-config.js'
import { malformedItem, toProtocolError, toSigningError } from '../errors/signing-error.js'
import { watchFile } from '../events/watch-file.js'
import { findObject } from '../storage/find-object.js'
import { findOtherMultiparts, removeEach } from '../storage/multiparts.js'
import { createStorageClient, type StorageClient } from '../storage/storage-client.js'
import { storageFailure } from '../storage/storage-errors.js'
import { deleteUnclaimed, type Remains } from '../storage/unclaimed-objects.js'
import { withObject } from '../storage/with-object.js'
import {
  type MultipartClaims,
  type UploadClaims,
  uploadName,
  verifyUploadToken,
} from '../tokens/upload-token.js'
import { shareWork } from './share-work.js'
import { isAbandoned } from './signing/abandoned-request.js'

const maxConcurrentUploads = 16

/** Between aborts, about eight seconds in all; a part that is under way may land after each of them. */
const pausesMs = [0, 250, 500, 1000, 2000, 4000]

interface AbortContext extends OperationContext {
  readonly s3: StorageClient
}

/**
 * Aborts uploads. A stored object stays, since the app may know of it; unless it still has the tag of unclaimed
 * objects, which only a completion could take away.
 *
 * Between the last look at the tag and the deletion, a completion of the same upload by the same caller can come to another
 * process: it has a receipt then, and no object. S3 has no condition on tags that could forbid it. In one process they
 * wait for each other, and a page of this package aborts nothing while it is being completed.
 *
 * The app hears of each in the end, by `onUploadRemove`.
 */
export async function abortUploads(
  { tokens }: Received<AbortUploadsRequest>,
  context: OperationContext,
): Promise<AbortUploadsResponse> {
  const s3 = createStorageClient(context.config)
  const facts = tokenFactsOf(context)
  const watched = watchFactsOf(context)
  const once = shareWork<Answer>()
  const answerTo = (token: string): Answer | Promise<Answer> => {
    const verified = verifyUploadToken(token, facts)
    if (verified.error) return { id: verified.id, error: toProtocolError(verified.error) }
    const { claims } = verified
    return once(uploadName(claims), () => abortUpload(claims, { ...context, s3 }))
  }
  return {
    uploads: await mapConcurrently(tokens, {
      limit: maxConcurrentUploads,
      map: (token) =>
        watchFile('abort-uploads', watched, () =>
          typeof token === 'string' ? answerTo(token) : malformedItem(token),
        ),
    }),
  }
}

type Answer = AbortUploadsResponse['uploads'][number]

async function abortUpload(claims: UploadClaims, context: AbortContext): Promise<Answer> {
  const { id } = claims
  try {
    const remains = await withObject(claims, context.config, () => removeUploadOf(claims, context))
    if (remains) await tellApp(claims, remains, context)
    return { id, state: 'aborted' }
  } catch (thrown) {
    return { id, error: toProtocolError(toSigningError(thrown, context.config.onError)) }
  }
}

/** Says what was found under the key; nothing where that may be another upload's. */
async function removeUploadOf(
  claims: UploadClaims,
  context: AbortContext,
): Promise<Remains | undefined> {
  const { config, s3 } = context
  if (claims.method === 'MULTIPART') {
    await removeParts(claims, context)
    // The object may be that of an upload that the page has started under the same key meanwhile.
    if (isAbandoned(context)) return undefined
  }
  if (deletesObjects(config)) return deleteUnclaimed(claims.key, s3)
  // Asked for the app alone.
  if (!config.onUploadRemove) return undefined
  return (await findObject(claims.key, s3)) ? 'kept' : 'none'
}

async function tellApp(
  { key, owner, method }: UploadClaims,
  remains: Remains,
  { config, caller }: AbortContext,
): Promise<void> {
  const isStored = remains !== 'none'
  const deleted = isStored ? remains === 'deleted' : method === 'MULTIPART'
  const state = isStored ? 'stored' : 'unfinished'
  await config.onUploadRemove?.({ key, owner, state, deleted }, caller)
}

/** Once the page has stopped waiting, another open upload may be the one that it continues. */
async function findOthers(
  claims: MultipartClaims,
  context: AbortContext,
): Promise<readonly MultipartTarget[]> {
  const { s3, config } = context
  const { reportUnlistable } = config
  const others = await findOtherMultiparts(claims, { s3, reportUnlistable })
  return isAbandoned(context) ? [] : others
}

/** An app that claims by itself can do so at the same moment: its objects are left to the lifecycle rule. */
function deletesObjects({ unclaimed, claim }: SigningConfig): boolean {
  return unclaimed === 'tag' && claim === 'on-complete'
}

/** Ends with nothing open under the key of what was open there when the page asked. */
async function removeParts(claims: MultipartClaims, context: AbortContext): Promise<void> {
  const { s3, config } = context
  const others = findOthers(claims, context)
  for (const pause of pausesMs) {
    if (pause > 0) await config.runtime.sleep(pause)
    const gone = await Promise.all([
      removeEach([claims], s3),
      others.then((targets) => removeEach(targets, s3)),
    ])
    if (gone.every(Boolean)) return
  }
  throw storageFailure(
    new Error('s3-direct-upload: S3 still lists the upload after it was aborted several times.'),
  )
}
