import { encodeObjectKey } from './object-key.js'

/** Where a bucket is. */
export interface BucketLocation {
  readonly bucket: string
  /** Such as `eu-west-1`; what a server without regions expects in signatures is often `us-east-1` or `auto`. */
  readonly region: string
  /** The URL of an S3-compatible server. @default the regional endpoint of AWS */
  readonly endpoint?: string
  /** Puts the bucket into the path instead of the host name. @default true with `endpoint`, else false */
  readonly forcePathStyle?: boolean
}

const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/
const hostLabel = /^[a-z0-9][a-z0-9-]*[a-z0-9]$/
const regionName = /^[A-Za-z0-9][A-Za-z0-9-]*$/
const ipAddress = /^(\d+(\.\d+){3}|\[.*\])$/

/**
 * Makes the URL of a bucket, which is also the target of a form post: `https://bucket.s3.region.amazonaws.com/`.
 *
 * The bucket goes into the path where the location says so, and where a host name cannot carry it: a bucket
 * with dots would not match the certificate, one with capitals or underscores is no host name.
 *
 * @example
 * bucketUrl({ bucket: 'photos', region: 'us-east-1', endpoint: 'http://localhost:9000' }).href
 * // 'http://localhost:9000/photos'
 * @throws TypeError when bucket, region or endpoint cannot be part of a URL.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketUrl(location: BucketLocation): URL {
  const { bucket, region } = location
  if (!bucketName.test(bucket))
    throw new TypeError(`s3-direct-upload: "${bucket}" is no bucket name.`)
  if (!regionName.test(region)) {
    throw new TypeError(`s3-direct-upload: "${region}" is no region. Use one such as "eu-west-1".`)
  }
  const url = serviceUrl(location)
  if (usesPathStyle(location, url)) url.pathname = `${url.pathname.replace(/\/+$/, '')}/${bucket}`
  else url.host = `${bucket}.${url.host}`
  return url
}

/**
 * Makes the URL of an object.
 *
 * @throws TypeError when the URL would lead elsewhere: the key is empty or has a `.` or `..` segment.
 */
export function objectUrl(location: BucketLocation, key: string): URL {
  const url = bucketUrl(location)
  const path = `${url.pathname.replace(/\/$/, '')}/${encodeObjectKey(key)}`
  url.pathname = path
  // URLs drop dot segments, so a signature for `a/../b` would be one for `b`.
  if (key === '' || url.pathname !== path) {
    throw new TypeError(
      `s3-direct-upload: the object key "${key}" has no URL of its own. ` +
        'A key may not be empty nor have "." or ".." as a segment.',
    )
  }
  return url
}

function serviceUrl({ region, endpoint }: BucketLocation): URL {
  if (endpoint === undefined) {
    const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
    return new URL(`https://s3.${region}.${domain}`)
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') {
    url.search = ''
    url.hash = ''
    return url
  }
  throw new TypeError(
    `s3-direct-upload: the endpoint "${endpoint}" is no URL. Write it with its scheme: "https://s3.example.com".`,
  )
}

function usesPathStyle(location: BucketLocation, url: URL): boolean {
  if (location.forcePathStyle ?? location.endpoint !== undefined) return true
  if (ipAddress.test(url.hostname)) return true
  const labels = location.bucket.split('.')
  if (labels.length > 1 && url.protocol === 'https:') return true
  return !labels.every((label) => hostLabel.test(label))
}
