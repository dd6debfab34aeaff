import type { JsonObject } from '../json.js'
import type { S3Client } from '../s3-client/s3-client.js'
import type { SigningConfig } from '../signing-config.js'
import { uploadNotFound } from '../storage-failure.js'
import type { StoredUpload } from '../stored-upload.js'
import { removeUnclaimedTag } from '../unclaimed-tag.js'
import type { UploadClaims } from '../upload-token.js'
import { type ContentContext, checkContent } from './check-content.js'
import { lookAtUpload } from './look-at-upload.js'

/** With what an object is accepted. */
export interface AcceptanceContext {
  readonly config: Pick<SigningConfig, 'unclaimed' | 'claim'> & ContentContext['config']
  readonly s3: S3Client
}

/**
 * Looks at the object of an upload, into it if the app wishes so, and claims it.
 *
 * It is claimed before the app hears of it: what the app has noted must not be expired by the bucket.
 *
 * @throws SigningError `upload-not-found`, or a code that says in what the object differs.
 */
export async function acceptObject(
  claims: UploadClaims,
  { config, s3 }: AcceptanceContext,
): Promise<StoredUpload<JsonObject>> {
  const upload = await lookAtUpload(claims, s3)
  await checkContent(upload, { config, s3 })
  const isClaimed = config.unclaimed === 'tag' && config.claim === 'on-complete'
  if (isClaimed && !(await removeUnclaimedTag(upload.key, s3))) throw uploadNotFound()
  return upload
}
