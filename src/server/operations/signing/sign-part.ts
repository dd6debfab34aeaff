import type { PartDescription, SignedPart } from '../../../protocol/operations.js'
import { partSize } from '../../../s3/part-plan.js'
import { multipartUrl } from '../../../s3-client/multipart-target.js'
import { presignUrl } from '../../../sigv4/presign-url.js'
import type { MultipartClaims } from '../../tokens/upload-token.js'
import type { SigningScope } from './signing-scope.js'

/** An upload whose parts can be signed. */
export type UploadInParts = Pick<
  MultipartClaims,
  'key' | 's3UploadId' | 'size' | 'partSizeBytes' | 'checksumAlgorithm'
>

/**
 * Signs the PUT of one part: its number, its exact size and, where the upload binds checksums, its bytes.
 *
 * A content type is not signed: parts have none, it was given to the upload.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html
 */
export function signPart(
  upload: UploadInParts,
  { partNumber, checksum }: PartDescription,
  { location, credentials, expiresInSeconds, now }: SigningScope,
): SignedPart {
  const { checksumAlgorithm } = upload
  const headers = {
    ...(checksumAlgorithm &&
      checksum && {
        // Ceph verifies a checksum only when its algorithm is named too.
        'x-amz-sdk-checksum-algorithm': checksumAlgorithm,
        'x-amz-checksum-sha256': checksum,
      }),
  }
  const url = presignUrl(
    {
      method: 'PUT',
      url: multipartUrl(upload, { location }, { partNumber: String(partNumber) }),
      // The browser sets the length itself, from the bytes it sends.
      headers: { ...headers, 'content-length': String(partSize(upload, partNumber)) },
      expiresInSeconds,
    },
    { credentials, region: location.region, now },
  )
  return { partNumber, url, headers }
}
