/** Which S3 the test S3 behaves like: AWS, Ceph's gateway 16.2 or 20.2, or Cloudflare R2. */
export type TestS3Profile = 'aws' | 'rgw16' | 'rgw20' | 'r2'

/** In what servers differ. */
export interface Quirks {
  /** Whether a presigned request may carry a Content-Type that its signature does not cover. */
  readonly requireSignedContentType: boolean
  /** Whether forms can be posted at all. */
  readonly hasPostObject: boolean
  /** Whether scripts can read the refusal of a signature; refused forms are always readable. */
  readonly hasCorsOnAuthenticationErrors: boolean
  /** Whether `x-amz-checksum-*` is compared with the body; `named` wants `x-amz-sdk-checksum-algorithm` too. */
  readonly checksums: 'verified' | 'verified-if-named' | 'ignored'
  /** Whether CompleteMultipartUpload's answer has the object's ETag. */
  readonly hasETagInCompletion: boolean
  /** Whether CompleteMultipartUpload heeds If-None-Match. */
  readonly hasConditionalCompletion: boolean
  /** Whether a posted form's 204 has an ETag header. */
  readonly hasETagOnPost: boolean
  /** Whether a posted form stores Content-Disposition and Cache-Control. */
  readonly storesPostedDisposition: boolean
  /** Whether the list in CompleteMultipartUpload must ascend and part numbers must be 1 to 10,000. */
  readonly isStrictAboutPartNumbers: boolean
  /** Whether DeleteObjects, PutBucketCors and PutBucketLifecycleConfiguration need `Content-MD5` or a checksum. */
  readonly needsDocumentDigest: boolean
  /** Whether objects can have tags. */
  readonly hasObjectTagging: boolean
}

const aws: Quirks = {
  requireSignedContentType: false,
  hasPostObject: true,
  hasCorsOnAuthenticationErrors: true,
  checksums: 'verified',
  hasETagInCompletion: true,
  hasConditionalCompletion: true,
  hasETagOnPost: true,
  storesPostedDisposition: true,
  isStrictAboutPartNumbers: true,
  needsDocumentDigest: true,
  hasObjectTagging: true,
}

/** What each profile does. Ceph 16.2's is tested against the server itself, the others are from documentation and reports. */
export const quirksOf: Readonly<Record<TestS3Profile, Quirks>> = {
  aws,
  rgw16: {
    ...aws,
    hasCorsOnAuthenticationErrors: false,
    checksums: 'ignored',
    hasETagInCompletion: false,
    hasConditionalCompletion: false,
    hasETagOnPost: false,
    storesPostedDisposition: false,
    isStrictAboutPartNumbers: false,
    needsDocumentDigest: false,
  },
  rgw20: {
    ...aws,
    requireSignedContentType: true,
    hasCorsOnAuthenticationErrors: false,
    checksums: 'verified-if-named',
    storesPostedDisposition: false,
    isStrictAboutPartNumbers: false,
    needsDocumentDigest: false,
  },
  r2: { ...aws, hasPostObject: false, hasObjectTagging: false, needsDocumentDigest: false },
}
