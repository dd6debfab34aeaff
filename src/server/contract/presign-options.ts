import type { Disposition } from '../../protocol/downloads.js'
import type { BucketAddress } from '../../s3/bucket-location.js'
import type { CredentialsSource } from '../../s3-client/credentials-source.js'

/** Which object, for how long, and how a browser is to take it. `configFromEnv` gives all that is not about the object. */
export interface PresignDownloadOptions extends BucketAddress {
  /** An access key, or any `AwsCredentialIdentityProvider` of the AWS SDK. */
  readonly credentials: CredentialsSource
  /** The object's whole key; every one that S3 can serve. */
  readonly key: string
  /** A key that does not start with it is refused. @default '' */
  readonly prefix?: string
  /**
   * `'attachment'` has a browser save the object; `'inline'` has it show the object, so also give the `contentType` if
   * another party chose the stored one.
   *
   * @default as the object was stored, or `'attachment'` with a `name`
   */
  readonly disposition?: Disposition
  /** The name to save it under, in any script. @default the last segment of the key */
  readonly name?: string
  /** The content type to serve it with. @default the stored one */
  readonly contentType?: string
  /** What browsers and CDNs are told about keeping it, such as `'private, max-age=60'`. @default the stored one */
  readonly cacheControl?: string
  /** Which version, where the bucket keeps versions. @default the newest */
  readonly versionId?: string
  /** How long a download may begin, 1 to 604,800; the credentials' remaining life can shorten it. @default 900 */
  readonly expiresInSeconds?: number
  /** Tells the time; the same time makes the same URL. @default the system's clock */
  readonly now?: () => Date
}
