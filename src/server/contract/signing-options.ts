import type { Size } from '../../protocol/byte-size.js'
import type { CredentialsSource } from '../../s3-client/credentials-source.js'
import type { AuthorizeResult, Caller } from './caller.js'
import type { DownloadAuthorization, DownloadToAuthorize } from './downloads.js'
import type { JsonObject } from './json.js'
import type { ProviderOptions } from './provider-options.js'
import type { UploadHooks } from './upload-hooks.js'

/**
 * Everything a signing handler can be told.
 *
 * The type parameters are inferred: what `authorize` returns, what the `metadata` schema returns, what
 * `onUploadComplete` returns. Write `authorize` above the hooks that use its caller.
 */
export interface SigningOptions<
  AppCaller extends Caller = Caller,
  Metadata extends JsonObject = Readonly<Record<string, string>>,
  Result = unknown,
> extends UploadHooks<AppCaller, Metadata, Result>,
    ProviderOptions {
  /** The bucket that receives the files. */
  readonly bucket: string
  /** The bucket's region, such as `eu-west-1`; signatures are made for it. */
  readonly region: string
  /**
   * The address of an S3-compatible service, such as `http://localhost:9000`.
   *
   * @default Amazon's endpoint of the region
   */
  readonly endpoint?: string
  /**
   * The address under which browsers reach the service, where the server reaches it by another one: pages get
   * signatures for it, and the server's own requests go to `endpoint`.
   *
   * @default `endpoint`
   * @example 'https://files.example.com' // with endpoint: 'http://minio:9000'
   */
  readonly publicEndpoint?: string
  /**
   * Whether the bucket is named in the path instead of the host.
   *
   * @default what the `provider` needs: for Amazon, true with an `endpoint` of your own, else false
   */
  readonly forcePathStyle?: boolean
  /**
   * Whether Amazon is reached by S3 Transfer Acceleration, which the bucket must have turned on.
   *
   * @default false
   */
  readonly useAccelerateEndpoint?: boolean
  /**
   * Whether Amazon is reached by IPv6 as well as by IPv4.
   *
   * @default false
   */
  readonly useDualstackEndpoint?: boolean
  /**
   * Whether Amazon is reached by its endpoints with FIPS 140 cryptography.
   *
   * @default false
   */
  readonly useFipsEndpoint?: boolean
  /** An access key, or any `AwsCredentialIdentityProvider` of the AWS SDK. */
  readonly credentials: CredentialsSource
  /**
   * Signs tokens and receipts, at least 32 random characters. With several, the first signs and all verify,
   * so that a secret can be replaced while older tokens still work.
   */
  readonly secret: string | readonly string[]
  /**
   * Every key starts with it; a missing `/` at the end is added.
   *
   * @default '' (the root of the bucket)
   */
  readonly prefix?: string
  /**
   * Names this handler: a token or receipt of one handler is worthless at another.
   *
   * @default 'default'
   */
  readonly name?: string
  /**
   * Runs for every request, after its body was read, and says who the caller is; what it returns is handed to the hooks.
   * Return nothing to refuse with `unauthorized`; throw a `SigningError` to refuse in your own words. What frameworks
   * throw or return to refuse is understood: a `Response` or an error with the status 401 or 403, and a redirect, which
   * counts as 401.
   *
   * @example
   * authorize: async (request) => {
   *   const user = await userOfSession(request.headers.get('cookie'))
   *   return user && { owner: user.id }
   * }
   */
  readonly authorize: (
    request: Request,
  ) => AuthorizeResult<AppCaller> | Promise<AuthorizeResult<AppCaller>>
  /**
   * How files below `multipartThreshold` are sent. `'PUT'` is for providers without POST Object.
   *
   * @default what the `provider` has: 'POST' for Amazon, MinIO and Ceph, 'PUT' for the others; 'PUT' with `contentCheck`
   */
  readonly method?: 'POST' | 'PUT'
  /**
   * Whether a PUT may replace the object under its key. `'refuse'` signs `If-None-Match: *`, and puts the parts of a
   * multipart upload together under the same condition; `'allow'` does not send that header, for providers that refuse
   * it: a browser can then replace its own object while its signature lives. A POST always can, since a form has no such
   * condition.
   *
   * @default 'refuse'; with `provider: 'generic'` 'allow'
   */
  readonly overwrite?: 'refuse' | 'allow'
  /**
   * From which size on a file is sent in parts, several at once and each repeated by itself: bytes or text, at least
   * 5 MiB. Files above 5 GiB always are, and files of 5 MiB or more whose request broke. `false` sends no file in parts,
   * so that none may be larger than 5 GiB.
   *
   * @default 33554432 (32 MiB)
   */
  readonly multipartThreshold?: Size | false
  /**
   * The smallest size of a part, 5 MiB to 5 GiB, as bytes or text. Parts grow so that six connections have equally
   * many, to 16 MiB rather than to more than 18 parts, and further so that S3's 10,000 suffice.
   *
   * @default 8388608 (8 MiB)
   */
  readonly partSize?: Size
  /**
   * Whether the storage knows `x-amz-checksum-sha256`. `false` for those that refuse the header: what the page says
   * of a file's checksum is then ignored.
   *
   * @default true; false with `provider: 'r2'` and `'generic'`
   */
  readonly checksums?: boolean
  /**
   * Whether a file is refused whose page does not send the SHA-256 of its bytes, which the signature then binds: neither a
   * form nor a PUT can be sent again with other bytes. Pages send it over https, of a file in one request up to 32 MiB.
   *
   * @default false
   */
  readonly requireChecksum?: boolean
  /**
   * Other origins whose pages may use this endpoint, such as `https://app.example.com`; they get CORS answers.
   *
   * @default [] (pages of the same origin alone)
   */
  readonly allowedOrigins?: readonly string[]
  /**
   * The origin that browsers see, where a proxy in front makes it differ from the request's URL.
   *
   * @default the origin of the request's URL
   */
  readonly publicOrigin?: string
  /**
   * How long a browser may start sending, 1 to 604,800; the credentials' remaining life can shorten it.
   *
   * @default 600
   */
  readonly signatureLifetimeSeconds?: number
  /**
   * How long an upload in one request can be completed after it was signed.
   *
   * @default 86400
   */
  readonly tokenLifetimeSeconds?: number
  /**
   * How long a multipart upload can be continued and completed after it was created. Have the bucket's lifecycle rule
   * abort unfinished uploads later than that.
   *
   * @default 518400 (6 days)
   */
  readonly multipartTokenLifetimeSeconds?: number
  /**
   * How long `verifyReceipt` accepts a receipt after the upload was completed.
   *
   * @default 86400
   */
  readonly receiptLifetimeSeconds?: number
  /**
   * Says whether the caller may download a file, which is named by its key or by a receipt. A key outside the prefix is
   * refused before. Return terms to give the file a name or a type; throw a `SigningError` to refuse in your own words.
   *
   * @default downloads are refused
   * @example
   * authorizeDownload: async ({ key, owner }) => await mayRead(owner, key)
   */
  readonly authorizeDownload?: (
    download: DownloadToAuthorize,
  ) => DownloadAuthorization | Promise<DownloadAuthorization>
  /**
   * How long a download may begin or be continued after it was signed, 1 to 604,800; the credentials' remaining life
   * can shorten it.
   *
   * @default 900
   */
  readonly downloadLifetimeSeconds?: number
  /**
   * Sends the server's own requests to S3.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: (request: Request) => Promise<Response>
  /**
   * Tells the time.
   *
   * @default the system's clock
   */
  readonly now?: () => Date
  /**
   * Returns this many unpredictable bytes.
   *
   * @default crypto.getRandomValues
   */
  readonly randomBytes?: (length: number) => Uint8Array
}
