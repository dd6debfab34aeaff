import type { SignedPost } from '../../protocol/operations.js'
import { bucketUrl } from '../../s3/endpoint.js'
import { signPostPolicy } from '../../sigv4/post-policy.js'
import { unclaimedField } from '../unclaimed-tag.js'
import type { ObjectToSign } from './object-to-sign.js'
import type { SigningScope } from './signing-scope.js'

/**
 * Signs a form that stores exactly one object: its key, type, size and, if known, its bytes.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/RESTObjectPOST.html
 */
export async function signPost(
  object: ObjectToSign,
  { location, credentials, expiresInSeconds, now }: SigningScope,
): Promise<Pick<SignedPost, 'method' | 'url' | 'fields'>> {
  const { key, size, contentType, contentDisposition, checksum, unclaimed } = object
  const fields = await signPostPolicy(
    {
      bucket: location.bucket,
      key,
      fields: {
        'Content-Type': contentType,
        ...(contentDisposition && { 'Content-Disposition': contentDisposition }),
        ...(unclaimed === 'tag' && { tagging: unclaimedField }),
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
  return { method: 'POST', url: bucketUrl(location).href, fields }
}
