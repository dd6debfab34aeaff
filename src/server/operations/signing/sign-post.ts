import type { SignedPost } from '../../../protocol/operations.js'
import { bucketUrl } from '../../../s3/endpoint.js'
import { maxPostFormOverheadBytes } from '../../../s3/limits.js'
import { signPostPolicy } from '../../../sigv4/post-policy.js'
import { storageFields } from '../../objects/storage-headers.js'
import type { ObjectToSign, SigningScope } from './signing-scope.js'

/** What a browser writes around each field. */
const boundaryBytes = 120

/**
 * Signs a form that stores exactly one object: its key, type, size and, if known, its bytes.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/RESTObjectPOST.html
 */
export function signPost(
  object: ObjectToSign,
  { location, credentials, expiresInSeconds, now }: SigningScope,
): Pick<SignedPost, 'method' | 'url' | 'fields'> {
  const { key, size, contentType, storage, checksum } = object
  const fields = signPostPolicy(
    {
      bucket: location.bucket,
      key,
      fields: {
        'Content-Type': contentType,
        ...storageFields(storage),
        success_action_status: '201',
        ...(checksum && {
          'x-amz-checksum-algorithm': 'SHA256',
          'x-amz-checksum-sha256': checksum,
        }),
      },
      contentLengthRange: [size, size],
      expiresInSeconds,
    },
    { credentials, region: location.region, now },
  )
  requireShortForm(fields)
  return { method: 'POST', url: bucketUrl(location).href, fields }
}

/** S3 reads no longer form, and would refuse every try of the browser. */
function requireShortForm(fields: Readonly<Record<string, string>>): void {
  const encoder = new TextEncoder()
  const bytes = Object.entries(fields)
    .map(([name, value]) => encoder.encode(`${name}${value}`).length + boundaryBytes)
    .reduce((total, length) => total + length, 0)
  if (bytes <= maxPostFormOverheadBytes) return
  throw new TypeError(
    `s3-direct-upload: the form of this upload has ${bytes} bytes; S3 reads ${maxPostFormOverheadBytes}. ` +
      "Shorten storage.metadata or storage.tags, or use method: 'PUT'.",
  )
}
