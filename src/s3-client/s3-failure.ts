import { classifyRefusal } from '../s3/error-codes.js'
import type { S3ErrorDocument } from '../s3/s3-error.js'

/** The requests of this client that S3 may refuse, by Amazon's names. */
export type S3Operation =
  | 'AbortMultipartUpload'
  | 'CompleteMultipartUpload'
  | 'CreateMultipartUpload'
  | 'DeleteObject'
  | 'GetObject'
  | 'GetObjectTagging'
  | 'HeadObject'
  | 'ListMultipartUploads'
  | 'ListParts'
  | 'PutObjectTagging'

/** With what S3 refused a request. */
export interface S3Refusal {
  readonly status: number
  /** A proxy sends none. */
  readonly error: S3ErrorDocument | undefined
  /** Where the bucket is, if S3 refuses because it is in another region. */
  readonly region: string | undefined
}

/** What is known of a request that S3 did not do. */
interface S3Failure {
  /** Says what happened, without the package's name. */
  readonly message: string
  /** Whether the same request can succeed later: S3 did not answer, was busy, or said so. */
  readonly isTransient: boolean
  readonly answer?: S3Refusal
  readonly operation?: S3Operation
  readonly sentHeaders?: readonly string[]
  readonly doubtfulHeaders?: readonly string[]
  readonly cause?: unknown
}

/** A request that S3 refused, or did not answer. */
export class S3RequestError extends Error {
  override readonly name = 'S3RequestError'
  /** Whether the same request can succeed later: S3 did not answer, was busy, or said so. */
  readonly isTransient: boolean
  /** With what S3 refused; `undefined` where it did not answer, or not as S3 does. */
  readonly answer: S3Refusal | undefined
  /** What S3 refused to do. */
  readonly operation: S3Operation | undefined
  /** The names of the headers that it was told to keep the object with. */
  readonly sentHeaders: readonly string[]
  /** The names of headers that the service may not know, which may be why it refused. */
  readonly doubtfulHeaders: readonly string[]

  constructor(failure: S3Failure) {
    const { message, sentHeaders = [], doubtfulHeaders = [] } = failure
    super(`s3-direct-upload: ${message}`, 'cause' in failure ? { cause: failure.cause } : undefined)
    this.isTransient = failure.isTransient
    this.answer = failure.answer
    this.operation = failure.operation
    this.sentHeaders = sentHeaders
    this.doubtfulHeaders = doubtfulHeaders
  }

  /** The HTTP status of the answer. */
  get status(): number | undefined {
    return this.answer?.status
  }

  /** The stable name that S3 has for the reason, such as `AccessDenied`. */
  get code(): string | undefined {
    return this.answer?.error?.code
  }
}

/** Says that S3 did not answer, or not as S3 does; `cause` is what went wrong. */
export function unanswered(cause: unknown): S3RequestError {
  return new S3RequestError({ message: 'S3 did not answer.', isTransient: true, cause })
}

/** Says that S3 answered in a way of which nothing can be made. */
export function unusableAnswer(message: string): S3RequestError {
  return new S3RequestError({ message, isTransient: true })
}

/** Says that S3 could not do what it was asked for, and may do it at once when it is asked again. */
export function interrupted({ status, error, region }: S3Refusal): S3RequestError {
  const message = `S3 answered with HTTP status ${status} ${describeError(error)}`.trim()
  return new S3RequestError({ message, isTransient: true, answer: { status, error, region } })
}

/** Says that S3 refused a request. */
export function refused(
  operation: S3Operation,
  { status, error, region }: S3Refusal,
  headers: Pick<S3Failure, 'sentHeaders' | 'doubtfulHeaders'> = {},
): S3RequestError {
  const { transient: isTransient } = classifyRefusal({ status, error })
  const message = `S3 answered ${status} ${describeError(error) || 'without an error document.'}`
  // No more of the answer: S3 repeats there what it was sent, a session token too, and errors are logged.
  const answer = { status, error, region }
  return new S3RequestError({ message, isTransient, answer, operation, ...headers })
}

function describeError(error: S3Refusal['error']): string {
  return error === undefined ? '' : `${error.code}. ${error.message}`.trim()
}
