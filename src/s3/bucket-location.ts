/** Where a bucket is. */
export interface BucketLocation {
  readonly bucket: string
  /** Such as `eu-west-1`; what a server without regions expects in signatures is often `us-east-1` or `auto`. */
  readonly region: string
  /** The URL of an S3-compatible server. @default the regional endpoint of AWS */
  readonly endpoint?: string
  /** Puts the bucket into the path instead of the host name. @default true with `endpoint`, else false */
  readonly forcePathStyle?: boolean
  /** Whether AWS is reached by S3 Transfer Acceleration, which the bucket must have turned on. @default false */
  readonly useAccelerateEndpoint?: boolean
  /** Whether AWS is reached by IPv6 as well as by IPv4. @default false */
  readonly useDualstackEndpoint?: boolean
  /** Whether AWS is reached by its endpoints with FIPS 140 cryptography. @default false */
  readonly useFipsEndpoint?: boolean
}

/** Where the server reaches a bucket, and where browsers do. */
export interface BucketAddress extends BucketLocation {
  /**
   * The URL under which browsers reach the service, where it is another one than the server uses. Whatever is signed for
   * a page or a download is signed for it.
   *
   * @default the `endpoint`
   * @example 'https://files.example.com'
   */
  readonly publicEndpoint?: string
}

/** Returns where the server sends its own requests. */
export function serverLocationOf(address: BucketLocation): BucketLocation {
  const { bucket, region, endpoint, forcePathStyle } = address
  const { useAccelerateEndpoint, useDualstackEndpoint, useFipsEndpoint } = address
  const variants = { useAccelerateEndpoint, useDualstackEndpoint, useFipsEndpoint }
  return { bucket, region, endpoint, forcePathStyle, ...variants }
}

/** Returns where browsers send theirs. */
export function publicLocationOf(address: BucketAddress): BucketLocation {
  const { bucket, region, forcePathStyle, publicEndpoint } = address
  if (publicEndpoint === undefined) return serverLocationOf(address)
  return { bucket, region, endpoint: publicEndpoint, forcePathStyle }
}
