import type { SigningConfig } from '../../config/signing-config.js'
import type { StoredUpload } from '../../contract/files.js'
import type { JsonObject } from '../../contract/json.js'
import { packageRefusal } from '../../errors/signing-error.js'
import { isStoredAs } from '../../objects/media-type.js'
import { lookAtStored } from '../../storage/find-object.js'
import type { StorageClient } from '../../storage/storage-client.js'
import { objectReplaced, uploadNotFound } from '../../storage/storage-errors.js'
import { removeUnclaimedTag } from '../../storage/unclaimed-objects.js'
import type { UploadClaims } from '../../tokens/upload-token.js'
import { type ContentContext, checkContent } from './check-content.js'

/** With what an object is accepted. */
interface AcceptanceContext {
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
  const upload = await verifyStoredObject(claims, s3)
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

/**
 * Looks at the object of an upload, and holds it against what was signed.
 *
 * @throws SigningError `upload-not-found`, or a code that says in what the object differs.
 */
async function verifyStoredObject(
  claims: UploadClaims,
  s3: StorageClient,
): Promise<StoredUpload<JsonObject>> {
  const signedChecksum = claims.method === 'MULTIPART' ? undefined : claims.checksum
  const wantsChecksum = signedChecksum !== undefined
  const stored = await lookAtStored({ key: claims.key, wantsChecksum }, s3)
  if (stored === undefined) throw uploadNotFound()
  if (stored.size !== claims.size) {
    const message = `the stored object has ${stored.size} bytes; ${claims.size} were signed. Send the file again.`
    throw packageRefusal('size-mismatch', message, { cause: differs(claims, message) })
  }
  if (!isStoredAs(stored.contentType, claims.contentType)) {
    const message =
      'the stored object has another content type than was signed. Send it with the signed headers.'
    const types = `S3 says "${stored.contentType}"; "${claims.contentType}" was signed.`
    throw packageRefusal('type-mismatch', message, { cause: differs(claims, types) })
  }
  // Not every server keeps checksums; of those that do, each has compared it with the bytes.
  if (wantsChecksum && stored.checksum !== undefined && stored.checksum !== signedChecksum) {
    const message = 'the stored object has another checksum than was signed. Send the file again.'
    const checksums = `S3 says ${stored.checksum}; ${signedChecksum} was signed.`
    throw packageRefusal('checksum-mismatch', message, { cause: differs(claims, checksums) })
  }
  const { id, bucket, key, contentType, owner, name, relativePath, metadata } = claims
  const told = { id, bucket, key, contentType, owner, name, relativePath, metadata }
  const upload = { ...stored, ...told }
  return upload satisfies Record<keyof StoredUpload, unknown>
}

/** For `onError`: S3 holds a page to what was signed, so that the storage, or what stands before it, does something else. */
function differs({ key }: UploadClaims, facts: string): Error {
  return new Error(
    `s3-direct-upload: the object "${key}" differs from what was signed, and its upload is refused. ${facts} ` +
      'The storage does not hold uploads to their signatures, or a proxy alters answers: run "s3-direct-upload doctor".',
  )
}
