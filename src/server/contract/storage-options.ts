/** How an object is kept and served. The signature binds all of it: the browser can neither change nor leave out any. */
export interface StorageOptions {
  /**
   * User metadata (`x-amz-meta-…`): at most 2,048 bytes with its names. What HTTP cannot carry is percent-encoded, and
   * so are `%` and the blanks at the ends: `decodeURIComponent` gives back every value.
   *
   * @example { album: '7' }
   */
  readonly metadata?: Readonly<Record<string, string>>
  /** Tags of the object: at most 10, with at most 2,048 bytes in all. The credentials need `s3:PutObjectTagging`. */
  readonly tags?: Readonly<Record<string, string>>
  /**
   * A storage class that the provider has, such as `'STANDARD_IA'`.
   *
   * @default the bucket's own
   */
  readonly storageClass?: string
  /**
   * How the storage encrypts the object.
   *
   * @default what the bucket is set to
   */
  readonly serverSideEncryption?: 'AES256' | 'aws:kms' | 'aws:kms:dsse'
  /** The id or ARN of the key, where `serverSideEncryption` is one of the two with KMS. */
  readonly kmsKeyId?: string
  /**
   * How long browsers and CDNs keep what they were served.
   *
   * @example 'private, max-age=86400'
   */
  readonly cacheControl?: string
  /**
   * Whether a browser saves the object or may show it. Types that can run script are saved in any case, unless
   * `allowScript` is set.
   *
   * @default neither is said; types that can run script are saved
   */
  readonly contentDisposition?: 'inline' | 'attachment'
  /**
   * The name under which a browser saves the object, in any script.
   *
   * @default the file's own name
   */
  readonly downloadName?: string
  /**
   * Lets `contentDisposition: 'inline'` hold for HTML, SVG and other types that can run script. Only for a domain
   * without signed-in users.
   *
   * @default false
   */
  readonly allowScript?: boolean
}
