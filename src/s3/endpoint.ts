import { awsHost } from './aws-host.js'
import type { BucketAddress, BucketLocation } from './bucket-location.js'
import { parseEndpoint } from './endpoint-problem.js'
import { locationProblem, usesPathStyle } from './location-problem.js'
import { encodeObjectPath } from './object-key.js'

/**
 * Makes the URL of a bucket, which is also the target of a form post: `https://bucket.s3.region.amazonaws.com/`.
 *
 * The bucket goes into the path where the location says so, and where a host name cannot carry it: a bucket
 * with dots would not match the certificate, one with capitals or underscores is no host name. The AWS SDK does the same.
 *
 * @example
 * bucketUrl({ bucket: 'photos', region: 'us-east-1', endpoint: 'http://localhost:9000' }).href
 * // 'http://localhost:9000/photos'
 * @throws TypeError when bucket, region or endpoint cannot be part of a URL.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketUrl(location: BucketLocation): URL {
  requireLocation(location)
  const { bucket } = location
  const url = serviceUrl(location)
  if (usesPathStyle(location, url)) url.pathname = `${url.pathname.replace(/\/+$/, '')}/${bucket}`
  else url.host = `${bucket}.${url.host}`
  return url
}

/**
 * Makes the URL of an object.
 *
 * @throws TypeError when the URL would lead elsewhere: the key is empty, `.` or `..`.
 */
export function objectUrl(location: BucketLocation, key: string): URL {
  const url = bucketUrl(location)
  const path = `${url.pathname.replace(/\/$/, '')}/${encodeObjectPath(key)}`
  url.pathname = path
  if (key === '' || url.pathname !== path) {
    throw new TypeError(
      `s3-direct-upload: the object key "${key}" has no URL of its own. ` +
        'A key may not be empty, "." or "..".',
    )
  }
  return url
}

/**
 * Checks an address.
 *
 * @throws TypeError when bucket, region or one of the endpoints cannot be part of a URL, by the name of that field.
 */
export function requireLocation(address: BucketAddress): void {
  const wrong = locationProblem(address)
  if (wrong) throw new TypeError(`s3-direct-upload: ${wrong.field}: ${wrong.problem}`)
}

function serviceUrl(location: BucketLocation): URL {
  const given = location.endpoint === undefined ? undefined : parseEndpoint(location.endpoint)
  return given ?? new URL(`https://${awsHost(location)}`)
}
