import type { SigningConfig } from '../../config/signing-config.js'
import type { JsonObject } from '../../contract/json.js'
import type { StoredUpload } from '../../objects/stored-upload.js'
import { removeUnclaimedTag } from '../../objects/unclaimed-tag.js'
import type { StorageClient } from '../../storage/storage-client.js'
import { objectReplaced, uploadNotFound } from '../../storage/storage-errors.js'
import type { UploadClaims } from '../../tokens/upload-token.js'
import { type ContentContext, checkContent } from './check-content.js'
import { lookAtUpload } from './verify-stored-object.js'

/** With what an object is accepted. */
export interface AcceptanceContext {
  readonly config: Pick<SigningConfig, 'unclaimed' | 'claim'> & ContentContext['config']
  readonly s3: StorageClient
}

/**
 * Looks at the object of an upload, into it if the app wishes so, and claims it.
 *
 * It is claimed before the app hears of it: what the app has noted must not be expired by the bucket.
 *
 * @throws SigningError `upload-not-found`, `storage-error` when another object came in its place, or a code that says in
 *   what the object differs.
 */
export async function acceptObject(
  claims: UploadClaims,
  { config, s3 }: AcceptanceContext,
): Promise<StoredUpload<JsonObject>> {
  const upload = await lookAtUpload(claims, s3)
  await checkContent(upload, { config, s3 })
  if (config.unclaimed === 'tag' && config.claim === 'on-complete') await claimObject(upload, s3)
  return upload
}

/** Takes the tag; S3 cannot say from which object, so the one that stands there now must be the one that was looked at. */
async function claimObject(upload: StoredUpload<JsonObject>, s3: StorageClient): Promise<void> {
  const { key, etag, versionId } = upload
  if (!(await removeUnclaimedTag(key, s3))) throw uploadNotFound()
  const stored = await s3.headObject({ key })
  if (stored === undefined) throw uploadNotFound()
  if (stored.etag !== etag || stored.versionId !== versionId) throw objectReplaced()
}
