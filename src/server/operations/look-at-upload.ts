import type { JsonObject } from '../json.js'
import { isSameContentType } from '../objects/media-type.js'
import type { StoredUpload } from '../objects/stored-upload.js'
import type { S3Client } from '../s3-client/s3-client.js'
import { uploadNotFound } from '../s3-client/storage-failure.js'
import { SigningError } from '../signing-error.js'
import type { UploadClaims } from '../tokens/upload-token.js'

/**
 * Looks at the object of an upload, and holds it against what was signed.
 *
 * @throws SigningError `upload-not-found`, or a code that says in what the object differs.
 */
export async function lookAtUpload(
  claims: UploadClaims,
  s3: S3Client,
): Promise<StoredUpload<JsonObject>> {
  const signedChecksum = claims.method === 'MULTIPART' ? undefined : claims.checksum
  const wantsChecksum = signedChecksum !== undefined
  const stored = await s3.headObject({ key: claims.key, wantsChecksum })
  if (stored === undefined) throw uploadNotFound()
  if (stored.size !== claims.size) {
    const message = `The stored object has ${stored.size} bytes; ${claims.size} were signed.`
    throw new SigningError('size-mismatch', message)
  }
  if (!isSameContentType(stored.contentType, claims.contentType)) {
    const message = 'The stored object has another content type than was signed.'
    throw new SigningError('type-mismatch', message)
  }
  // Not every server keeps checksums; of those that do, each has compared it with the bytes.
  if (wantsChecksum && stored.checksum !== undefined && stored.checksum !== signedChecksum) {
    const message = 'The stored object has another checksum than was signed.'
    throw new SigningError('checksum-mismatch', message)
  }
  const { id, bucket, key, owner, name, relativePath, metadata } = claims
  return { id, bucket, key, ...stored, owner, name, relativePath, metadata }
}
