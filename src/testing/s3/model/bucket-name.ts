import { TestS3Error } from './test-s3-error.js'

/** What no name may be, and why. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/^(?!.{3,63}$)/s, 'it must have 3 to 63 characters'],
  [/[^a-z0-9.-]/, 'it may have lowercase letters, digits, dots and hyphens only'],
  [/^[.-]|[.-]$/, 'it must begin and end with a letter or a digit'],
  [/\.\./, 'it may not have two dots in a row'],
  [/-\.|\.-/, 'it may not have a hyphen beside a dot'],
  [/^\d+\.\d+\.\d+\.\d+$/, 'it may not look like an IP address'],
  [/^(?:xn--|sthree-|amzn-s3-demo-)/, 'S3 reserves how it begins'],
  [/(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/, 'S3 reserves how it ends'],
]

/**
 * Checks that a bucket may have this name.
 *
 * @throws TestS3Error `InvalidBucketName`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function requireBucketName(name: string): void {
  const [, reason] = refusals.find(([pattern]) => pattern.test(name)) ?? []
  if (reason === undefined) return
  throw new TestS3Error('InvalidBucketName', `The specified bucket is not valid: ${reason}.`, {
    BucketName: name,
  })
}
