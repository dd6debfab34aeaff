import type { SignedPut } from '../../../protocol/operations.js'
import { objectUrl } from '../../../s3/endpoint.js'
import { presignUrl } from '../../../sigv4/presign-url.js'
import { storageHeaders } from '../../objects/storage-headers.js'
import type { ObjectToSign, SigningScope } from './signing-scope.js'

/**
 * Signs a PUT that stores exactly one object: its key, type, size and, if known, its bytes; once, unless it may overwrite.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function signPut(
  object: ObjectToSign,
  { location, credentials, expiresInSeconds, now }: SigningScope,
): Pick<SignedPut, 'method' | 'url' | 'headers'> {
  const { key, size, contentType, storage, checksum, overwrite } = object
  const headers = {
    'content-type': contentType,
    ...(overwrite === 'refuse' && { 'if-none-match': '*' }),
    ...storageHeaders(storage),
    ...(checksum && {
      // Ceph verifies a checksum only when its algorithm is named too.
      'x-amz-sdk-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': checksum,
    }),
  }
  const url = presignUrl(
    {
      method: 'PUT',
      url: objectUrl(location, key),
      // The browser sets the length itself, from the bytes it sends.
      headers: { ...headers, 'content-length': String(size) },
      expiresInSeconds,
    },
    { credentials, region: location.region, now },
  )
  return { method: 'PUT', url, headers }
}
