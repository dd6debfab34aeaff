import { maxKeyBytes } from '../../../s3/limits.js'
import { TestS3Error } from '../model/test-s3-error.js'

const encoder = new TextEncoder()

/** Host names below which a bucket is a subdomain; on every other host it is in the path. */
const serviceHost = /^(?:(.+)\.)?(?:localhost|s3[.-][a-z0-9.-]*amazonaws\.com(?:\.cn)?)$/

/**
 * Finds the bucket in the host name or the path, and the key exactly as the path has it.
 *
 * @throws TestS3Error `InvalidURI` or `KeyTooLongError`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketAndKey(
  hostname: string,
  rawPath: string,
): { readonly bucket?: string; readonly key?: string } {
  const path = rawPath.replace(/^\//, '')
  const bucketInHost = serviceHost.exec(hostname)?.[1]
  const slash = path.indexOf('/')
  const rawBucket = slash < 0 ? path : path.slice(0, slash)
  const bucket = bucketInHost ?? decodePath(rawBucket)
  if (bucket === '') return {}
  const rawKey = bucketInHost !== undefined ? path : slash < 0 ? '' : path.slice(slash + 1)
  return rawKey === '' ? { bucket } : { bucket, key: requirePossibleKey(decodePath(rawKey)) }
}

/**
 * Returns the key, unless it is too long for S3.
 *
 * @throws TestS3Error `KeyTooLongError`
 */
export function requirePossibleKey(key: string): string {
  const bytes = encoder.encode(key).length
  if (bytes <= maxKeyBytes) return key
  throw new TestS3Error('KeyTooLongError', 'Your key is too long', {
    Size: bytes,
    MaxSizeAllowed: maxKeyBytes,
  })
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause
    throw new TestS3Error('InvalidURI', "Couldn't parse the specified URI.", { URI: path })
  }
}
