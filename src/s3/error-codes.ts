import type { S3ErrorDocument } from './s3-error.js'

/** Why S3 refused a request: a stable name for each cause. S3 and other services have several codes for most of them. */
export type StorageCause =
  | 'file-too-large'
  | 'file-too-small'
  | 'storage-denied'
  | 'signature-expired'
  | 'signature-wrong'
  | 'storage-key-unknown'
  | 'bucket-missing'
  | 'checksum-mismatch'
  | 'upload-gone'
  | 'upload-cut-off'
  | 'storage-busy'
  | 'storage-slow'
  | 'storage-clock'
  | 'method-not-offered'
  | 'storage-rejected'

/** What a refusal means, whoever gets it. */
export interface RefusalMeaning {
  readonly cause: StorageCause
  /** Whether a server can succeed with the same request later, although its operator changes nothing. */
  readonly transient: boolean
  /** Whether fewer parallel requests may help. */
  readonly congestion: boolean
  /** What may help at once: the same request, one with a new signature, or a look at what S3 has of the upload. */
  readonly remedy: 'retry' | 'sign-again' | 'list-again' | 'none'
}

function meaning(
  cause: StorageCause,
  remedy: RefusalMeaning['remedy'] = 'none',
  { transient = remedy === 'retry', congestion = false } = {},
): RefusalMeaning {
  return { cause, transient, congestion, remedy }
}

const rejected = meaning('storage-rejected')
const denied = meaning('storage-denied')
const tooLarge = meaning('file-too-large')
const notOffered = meaning('method-not-offered')
const wronglySigned = meaning('signature-wrong')
const bucketElsewhere = meaning('bucket-missing')
const expired = meaning('signature-expired', 'sign-again', { transient: true })
// A page gets a signature by newer credentials; a server signs with the same token until somebody replaces it.
const invalidToken = meaning('storage-key-unknown', 'sign-again')
// A page computes the checksum of its file anew; a server would send the same document with the same checksum.
const damaged = meaning('checksum-mismatch', 'sign-again')
const gone = meaning('upload-gone', 'list-again')
const otherParts = meaning('storage-rejected', 'list-again')
const cutOff = meaning('upload-cut-off', 'retry')
const failing = meaning('storage-busy', 'retry')
const busy = meaning('storage-busy', 'retry', { congestion: true })
const slow = meaning('storage-slow', 'retry', { congestion: true })

/**
 * The codes that say more than the HTTP status they come with, or that come with status 200.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://developers.cloudflare.com/r2/api/error-codes/
 */
export const meaningsOfCodes: Readonly<Record<string, RefusalMeaning>> = {
  AccessDenied: denied,
  AuthorizationHeaderMalformed: wronglySigned,
  AuthorizationQueryParametersError: wronglySigned,
  BadDigest: damaged,
  // Cloudflare R2.
  ClientDisconnect: cutOff,
  // S3 wants a PUT to be sent again, but not the completion of a multipart upload.
  ConditionalRequestConflict: meaning('storage-busy', 'retry', { transient: false }),
  EntityTooLarge: tooLarge,
  EntityTooSmall: meaning('file-too-small'),
  // Cloudflare R2.
  ExpiredRequest: expired,
  ExpiredToken: expired,
  IllegalLocationConstraintException: bucketElsewhere,
  IncompleteBody: cutOff,
  InternalError: failing,
  InvalidAccessKeyId: meaning('storage-key-unknown'),
  InvalidBucketName: bucketElsewhere,
  InvalidPart: otherParts,
  InvalidPartOrder: otherParts,
  // MinIO and others.
  InvalidRegion: wronglySigned,
  InvalidSignature: wronglySigned,
  InvalidToken: invalidToken,
  // MinIO.
  InvalidTokenId: invalidToken,
  MethodNotAllowed: notOffered,
  NoSuchBucket: bucketElsewhere,
  // Ceph says so of a multipart upload. A request for an object asks for this code itself.
  NoSuchKey: gone,
  NoSuchUpload: gone,
  NotImplemented: notOffered,
  OperationAborted: failing,
  PermanentRedirect: bucketElsewhere,
  // Ceph, with status 403.
  QuotaExceeded: rejected,
  RequestExpired: expired,
  RequestTimeout: slow,
  RequestTimeTooSkewed: meaning('storage-clock', 'sign-again', { transient: true }),
  ServiceUnavailable: busy,
  SignatureDoesNotMatch: wronglySigned,
  SlowDown: busy,
  TemporaryRedirect: bucketElsewhere,
  Throttling: busy,
  ThrottlingException: busy,
  TokenRefreshRequired: expired,
  // Cloudflare R2.
  Unauthorized: meaning('storage-key-unknown'),
  XAmzContentSHA256Mismatch: damaged,
}

/** What an answer without a known code means: that of a proxy, to HEAD, or with a code that is not in the table. */
export const meaningsOfStatuses: Readonly<Record<number, RefusalMeaning>> = {
  401: denied,
  403: denied,
  405: notOffered,
  408: slow,
  413: tooLarge,
  429: busy,
  // nginx and MinIO: the client went away.
  499: cutOff,
  501: notOffered,
  503: busy,
  // The disk is full, and stays so until somebody makes room.
  507: rejected,
}

/** A refusal as S3 or something in its place sent it. */
interface RefusalToClassify {
  readonly status: number
  readonly error: Pick<S3ErrorDocument, 'code' | 'message'> | undefined
}

/** Tells what a refusal means: by its code where the code is known, else by its status. */
export function classifyRefusal({ status, error }: RefusalToClassify): RefusalMeaning {
  const { code = '', message = '' } = error ?? {}
  // AccessDenied covers an expired signature and a violated policy alike: only the message tells.
  if (code === 'AccessDenied' && /expired/i.test(message)) return expired
  const known = Object.hasOwn(meaningsOfCodes, code) ? meaningsOfCodes[code] : undefined
  return known ?? meaningsOfStatuses[status] ?? (status >= 500 ? failing : rejected)
}

/**
 * Tells whether a bucket demands a checksum with every file, as one with Object Lock does.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
export function demandsChecksum(error: RefusalToClassify['error']): boolean {
  return error?.code === 'InvalidRequest' && /Content-MD5|x-amz-checksum/i.test(error.message)
}
