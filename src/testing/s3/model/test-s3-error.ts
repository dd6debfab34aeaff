const statuses = {
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  AccessForbidden: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BadRequest: 400,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  ConditionalRequestConflict: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  ExpiredToken: 400,
  IllegalLocationConstraintException: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketAclWithObjectOwnership: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidEncryptionAlgorithmError: 400,
  InvalidObjectState: 403,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidPolicyDocument: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidStorageClass: 400,
  InvalidTag: 400,
  InvalidToken: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedPOSTRequest: 400,
  MalformedTrailerError: 400,
  MalformedXML: 400,
  MaxPostPreDataLengthExceeded: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchCORSConfiguration: 404,
  NoSuchKey: 404,
  NoSuchLifecycleConfiguration: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  NotModified: 304,
  ObjectNotInActiveTierError: 403,
  OperationAborted: 409,
  PreconditionFailed: 412,
  RequestTimeout: 400,
  RequestTimeTooSkewed: 403,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  XAmzContentSHA256Mismatch: 400,
} as const

/** A code of S3's own error list, as the test S3 answers it. */
export type TestS3ErrorCode = keyof typeof statuses

/** Whether the test S3 knows an error code. */
export function isTestS3ErrorCode(code: string): code is TestS3ErrorCode {
  return Object.hasOwn(statuses, code)
}

/** How a refusal travels, where it is not S3's usual way. */
interface ErrorAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Elements of the error document beside Code and Message; those without a value are left out. */
export type TestS3ErrorDetails = Readonly<Record<string, string | number | undefined>>

const authenticationCodes: ReadonlySet<TestS3ErrorCode> = new Set([
  'AccessDenied',
  'AuthorizationHeaderMalformed',
  'AuthorizationQueryParametersError',
  'ExpiredToken',
  'InvalidAccessKeyId',
  'InvalidToken',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
])

/**
 * A refusal of the test S3: what ends up as S3's XML error document.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export class TestS3Error extends Error {
  override readonly name = 'TestS3Error'
  readonly code: TestS3ErrorCode
  readonly status: number
  readonly details: TestS3ErrorDetails
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: TestS3ErrorCode,
    message: string,
    details: TestS3ErrorDetails = {},
    { status = statuses[code], headers = {} }: ErrorAnswer = {},
  ) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
    this.headers = headers
  }

  /** Whether the caller was refused, and not the request. */
  get isAuthenticationError(): boolean {
    return authenticationCodes.has(this.code)
  }
}

/** The refusal of a body that breaks off. */
export function incompleteBody(cause?: unknown): TestS3Error {
  const error = new TestS3Error(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  )
  if (cause !== undefined) error.cause = cause
  return error
}

/** The refusal of a form that lacks a field, or has it behind the file. */
export function missingField(name: string): TestS3Error {
  return new TestS3Error(
    'InvalidArgument',
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    { ArgumentName: name },
  )
}
