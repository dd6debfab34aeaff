import type { Credentials } from './credentials.js'

/** Who signs, for where and when. */
export interface SigningContext {
  readonly credentials: Credentials
  /** The region of the bucket, such as `eu-west-1`. */
  readonly region: string
  /** @default 's3' */
  readonly service?: string
  /** @default the current time */
  readonly now?: Date
}

const maxExpiresInSeconds = 604_800

/**
 * Refuses a life that S3 would refuse.
 *
 * @throws RangeError when it is not a whole number of seconds from 1 to 604,800 (seven days).
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-query-string-auth.html
 */
export function requireExpiry(expiresInSeconds: number): void {
  const isWhole = Number.isInteger(expiresInSeconds)
  if (isWhole && expiresInSeconds >= 1 && expiresInSeconds <= maxExpiresInSeconds) return
  throw new RangeError(
    `s3-direct-upload: expiresInSeconds is ${expiresInSeconds}; ` +
      'S3 accepts whole numbers from 1 to 604800 (seven days).',
  )
}
