import type { BucketLocation } from '../../s3/bucket-location.js'
import type { CredentialsSource } from '../../s3-client/credentials-source.js'
import type { StoredUpload } from './files.js'
import type { Provider } from './provider-options.js'

/** What a receipt proves: the server saw this object in the bucket, and this owner had put it there. */
export interface Receipt<Metadata = Readonly<Record<string, string>>>
  extends StoredUpload<Metadata> {
  /** The name of the signing handler. */
  readonly handler: string
  readonly completedAt: Date
  /** When `verifyReceipt` stops accepting it. */
  readonly expiresAt: Date
}

/** What a receipt must agree with. */
export interface ReceiptExpectation {
  /** The `secret` of the signing handler; with several, any of them may have signed. */
  readonly secret: string | readonly string[]
  /** Who is signed in now, as `authorize` names owners. Where nobody is, refuse the request before. */
  readonly owner: string
  /**
   * The `name` of the signing handler.
   *
   * @default 'default'
   */
  readonly handler?: string
  /**
   * The bucket of the signing handler.
   *
   * @default any bucket that the handler has written a receipt for
   */
  readonly bucket?: string
  /**
   * Where the object lies: it is looked at once more, and must be the one that the receipt is about. The options of the
   * signing handler fit.
   *
   * @default the object is not looked at
   */
  readonly s3?: ReceiptStorage
  /**
   * The time.
   *
   * @default the system's clock
   */
  readonly now?: () => Date
}

/** Where the object of a receipt lies; the options of a signing handler, or `configFromEnv()`, fit. */
export interface ReceiptStorage extends Omit<BucketLocation, 'bucket'> {
  /** @default 'aws' */
  readonly provider?: Provider
  /** An access key, or any `AwsCredentialIdentityProvider` of the AWS SDK. */
  readonly credentials: CredentialsSource
  /** @default globalThis.fetch */
  readonly fetch?: (request: Request) => Promise<Response>
}

/** What a receipt must agree with, and where its object lies. */
export interface ClaimOptions extends ReceiptExpectation {
  /** Where the object lies; the options of the signing handler fit. */
  readonly s3: ReceiptStorage
}
