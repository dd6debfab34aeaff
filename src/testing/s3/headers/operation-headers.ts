import { checksumHeader } from '../checksums/checksums.js'
import type { S3OperationName } from '../http/operation-routes.js'
import { amzHeadersOf, type ParsedRequest } from '../http/parsed-request.js'
import { checksumAlgorithms } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'

/** Those belong to signatures, or say something that is true here anyway. */
const heededEverywhere = [
  'x-amz-algorithm',
  'x-amz-content-sha256',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-request-payer',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
  'x-amz-user-agent',
]

const checksums = checksumAlgorithms.map(checksumHeader)
const body = [
  ...checksums,
  'x-amz-checksum-algorithm',
  'x-amz-decoded-content-length',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-trailer',
]
/** What is kept with an object. */
const kept = [
  'x-amz-acl',
  'x-amz-meta-*',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-storage-class',
  'x-amz-tagging',
]
const source = [
  'x-amz-copy-source',
  'x-amz-copy-source-if-match',
  'x-amz-copy-source-if-modified-since',
  'x-amz-copy-source-if-none-match',
  'x-amz-copy-source-if-unmodified-since',
]
const writeConditions = ['if-match', 'if-none-match']
const readConditions = [...writeConditions, 'if-modified-since', 'if-unmodified-since']
const reading = [...readConditions, 'if-range', 'range', 'x-amz-checksum-mode']

/** Conditions and ranges; HTTP has them for every method, S3 only for some operations. */
const conditional = new Set([...readConditions, 'if-range', 'range'])

/** The headers that each operation does something about. */
const heeded: Readonly<Record<S3OperationName, readonly string[]>> = {
  Preflight: [],
  ListBuckets: [],
  GetBucketCors: [],
  PutBucketCors: body,
  DeleteBucketCors: [],
  GetBucketLifecycleConfiguration: [],
  PutBucketLifecycleConfiguration: body,
  DeleteBucketLifecycle: [],
  GetBucketLocation: [],
  ListMultipartUploads: [],
  ListObjectsV2: [],
  ListObjects: [],
  DeleteObjects: body,
  PostObject: [],
  HeadBucket: [],
  CreateBucket: [
    ...body,
    'x-amz-acl',
    'x-amz-bucket-object-lock-enabled',
    'x-amz-object-ownership',
  ],
  DeleteBucket: [],
  UploadPartCopy: [...source, 'x-amz-copy-source-range'],
  UploadPart: body,
  GetObjectTagging: [],
  PutObjectTagging: body,
  DeleteObjectTagging: [],
  CopyObject: [
    ...kept,
    ...source,
    ...writeConditions,
    'x-amz-checksum-algorithm',
    'x-amz-metadata-directive',
    'x-amz-tagging-directive',
  ],
  PutObject: [...kept, ...body, ...writeConditions],
  ListParts: [],
  GetObject: reading,
  HeadObject: reading,
  CreateMultipartUpload: [...kept, 'x-amz-checksum-algorithm', 'x-amz-checksum-type'],
  CompleteMultipartUpload: [
    ...checksums,
    ...writeConditions,
    'x-amz-checksum-type',
    'x-amz-decoded-content-length',
    'x-amz-mp-object-size',
  ],
  AbortMultipartUpload: [],
  DeleteObject: ['if-match'],
}

/** The fields that are a header elsewhere and that PostObject does something about. */
const heededInForms = [
  ...kept,
  ...checksums,
  'x-amz-checksum-algorithm',
  'x-amz-sdk-checksum-algorithm',
]

/**
 * Refuses a request with a condition, a range or an `x-amz-*` header that its operation would pass over.
 *
 * Passed over, the request would be another one, and a test would prove something untrue.
 *
 * @throws TestS3Error `NotImplemented`
 */
export function requireHeededHeaders(operation: S3OperationName, request: ParsedRequest): void {
  const given = [
    ...amzHeadersOf(request).keys(),
    ...[...request.headers.keys()].filter((name) => conditional.has(name)),
  ]
  requireHeeded(given, heeded[operation])
}

/**
 * Refuses a form with an `x-amz-*` field that would be passed over.
 *
 * @throws TestS3Error `NotImplemented`
 */
export function requireHeededFields(fields: ReadonlyMap<string, string>): void {
  const given = [...fields.keys()].filter((name) => name.startsWith('x-amz-'))
  requireHeeded(given, heededInForms)
}

/** Whether an operation stores what a header says of the object. */
export function isKeptBy(operation: S3OperationName, header: string): boolean {
  return operation === 'PostObject' || heeded[operation].includes(header)
}

function requireHeeded(given: readonly string[], operationHeaders: readonly string[]): void {
  const known = new Set([...heededEverywhere, ...operationHeaders])
  const name = given.find((header) => !known.has(header.replace(/^(x-amz-meta-).+/, '$1*')))
  if (name !== undefined) throw notHeeded(name)
}

/** The refusal of a header that S3 knows and the test S3 does not. */
export function notHeeded(name: string): TestS3Error {
  return new TestS3Error(
    'NotImplemented',
    `A header you provided implies functionality that is not implemented: ${name}`,
    { Header: name },
  )
}
