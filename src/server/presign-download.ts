import type { Disposition } from '../protocol/downloads.js'
import type { BucketLocation } from '../s3/endpoint.js'
import { objectKeyProblem } from '../s3/object-key.js'
import type { CredentialsSource } from '../sigv4/credentials.js'
import { withFinalSlash } from './objects/object-key-naming.js'
import { signGet } from './operations/sign-get.js'
import { signingDefaults } from './options/signing-options.js'
import { fetchCredentials } from './s3-client/live-credentials.js'

/** Which object, for how long, and how a browser is to take it. `configFromEnv` gives the first five. */
export interface PresignDownloadOptions extends BucketLocation {
  /** An access key, or any `AwsCredentialIdentityProvider` of the AWS SDK. */
  readonly credentials: CredentialsSource
  /** The object's whole key. */
  readonly key: string
  /** A key that does not start with it is refused. @default '' */
  readonly prefix?: string
  /**
   * `'attachment'` has a browser save the object; `'inline'` has it show the object, so also give the `contentType` if
   * somebody else chose the stored one.
   *
   * @default as the object was stored, or `'attachment'` with a `name`
   */
  readonly disposition?: Disposition
  /** The name to save it under, in any script. @default the last segment of the key */
  readonly name?: string
  /** The content type to serve it with. @default the stored one */
  readonly contentType?: string
  /** How long a download may begin, 1 to 604,800; the credentials' remaining life can shorten it. @default 900 */
  readonly expiresInSeconds?: number
  /** Tells the time. @default the system's clock */
  readonly now?: () => Date
}

/**
 * Makes a URL with which anybody can download one object for a while, in the form of `aws s3 presign`.
 *
 * For your own routes: check first that the user may have the object. Nobody asks S3 whether it is there.
 *
 * @example
 * const url = await presignDownload({ ...configFromEnv(), key: invoice.key, name: 'Rechnung März.pdf' })
 * return Response.redirect(url)
 * @throws TypeError when the key has no URL of its own or is outside the prefix.
 * @throws RangeError when `expiresInSeconds` is not a whole number from 1 to 604,800.
 * @throws SigningError `misconfigured` when there are no credentials; `storage-error` when their provider failed, or they
 * have expired.
 */
export async function presignDownload({
  bucket,
  region,
  endpoint,
  forcePathStyle,
  prefix = '',
  expiresInSeconds = signingDefaults.downloadLifetimeSeconds,
  now: clock = () => new Date(),
  credentials: source,
  ...object
}: PresignDownloadOptions): Promise<string> {
  requireKeyBelow(prefix, object.key)
  const now = clock()
  const { credentials, remainingSeconds } = await fetchCredentials(source, now)
  return signGet(object, {
    location: { bucket, region, endpoint, forcePathStyle },
    credentials,
    expiresInSeconds: Math.min(expiresInSeconds, remainingSeconds),
    now,
  })
}

function requireKeyBelow(prefix: string, key: string): void {
  const problem = typeof key === 'string' ? objectKeyProblem(key) : 'is not text'
  if (problem !== undefined) {
    throw new TypeError(`s3-direct-upload: the key of the download ${problem}. Pass another key.`)
  }
  if (key.startsWith(withFinalSlash(prefix))) return
  throw new TypeError(
    's3-direct-upload: the key of the download does not start with the prefix, so it may be of another app. ' +
      'Pass the whole key, or another prefix.',
  )
}
