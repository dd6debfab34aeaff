import type { JsonObject } from '../../contract/json.js'
import { SigningError } from '../../errors/signing-error.js'
import { isStoredAs } from '../../objects/media-type.js'
import type { StoredUpload } from '../../objects/stored-upload.js'
import { lookAtStored } from '../../storage/find-object.js'
import type { StorageClient } from '../../storage/storage-client.js'
import { uploadNotFound } from '../../storage/storage-errors.js'
import type { UploadClaims } from '../../tokens/upload-token.js'

/**
 * Looks at the object of an upload, and holds it against what was signed.
 *
 * @throws SigningError `upload-not-found`, or a code that says in what the object differs.
 */
export async function lookAtUpload(
  claims: UploadClaims,
  s3: StorageClient,
): Promise<StoredUpload<JsonObject>> {
  const signedChecksum = claims.method === 'MULTIPART' ? undefined : claims.checksum
  const wantsChecksum = signedChecksum !== undefined
  const stored = await lookAtStored({ key: claims.key, wantsChecksum }, s3)
  if (stored === undefined) throw uploadNotFound()
  if (stored.size !== claims.size) {
    const message = `The stored object has ${stored.size} bytes; ${claims.size} were signed.`
    throw new SigningError('size-mismatch', message, { cause: differs(claims, message) })
  }
  if (!isStoredAs(stored.contentType, claims.contentType)) {
    const message = 'The stored object has another content type than was signed.'
    const types = `S3 says "${stored.contentType}"; "${claims.contentType}" was signed.`
    throw new SigningError('type-mismatch', message, { cause: differs(claims, types) })
  }
  // Not every server keeps checksums; of those that do, each has compared it with the bytes.
  if (wantsChecksum && stored.checksum !== undefined && stored.checksum !== signedChecksum) {
    const message = 'The stored object has another checksum than was signed.'
    const checksums = `S3 says ${stored.checksum}; ${signedChecksum} was signed.`
    throw new SigningError('checksum-mismatch', message, { cause: differs(claims, checksums) })
  }
  const { id, bucket, key, contentType, owner, name, relativePath, metadata } = claims
  return { id, bucket, key, ...stored, contentType, owner, name, relativePath, metadata }
}

/** For `onError`: S3 holds a page to what was signed, so that the storage, or what stands before it, does something else. */
function differs({ key }: UploadClaims, facts: string): Error {
  return new Error(
    `s3-direct-upload: the object "${key}" differs from what was signed, and its upload is refused. ${facts} ` +
      'The storage does not hold uploads to their signatures, or a proxy alters answers: run "s3-direct-upload doctor".',
  )
}
