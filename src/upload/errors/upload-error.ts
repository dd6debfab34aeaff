import type { ErrorCode } from '../../protocol/error-response.js'
import { isObject } from '../../protocol/is-object.js'
import type { StorageCause } from '../../s3/error-codes.js'

/** Marks our errors: every copy of this package on a page knows the mark, and no other error has it. */
const mark = Symbol.for('s3-direct-upload:UploadError')

/**
 * Why no answer came: `network` when nothing more is known, `unreachable` and `cors` when a further question has told,
 * `blocked-by-policy` when the page's own Content-Security-Policy forbids the request.
 */
export type NetworkErrorCode = 'network' | 'stalled' | 'unreachable' | 'cors' | 'blocked-by-policy'

/** Why a file cannot be sent; `cannot-reopen` and `interrupted-gone` are about an interrupted upload. */
export type FileErrorCode =
  | 'file-unreadable'
  | 'file-package'
  | 'file-refused'
  | 'file-missing'
  | 'file-not-answering'
  | 'cannot-reopen'
  | 'interrupted-gone'
  | 'remote-file'

/** What a cause other than a refusal of the endpoint is called. */
export type LocalErrorCode =
  | NetworkErrorCode
  | StorageCause
  | FileErrorCode
  | 'endpoint-unreachable'
  | 'endpoint-answer'
  | 'completion-pending'
  | 'upload-elsewhere'
  | 'code-not-loaded'
  | 'browser-too-old'
  | 'cancelled'
  | 'unexpected'

/** A stable name of the cause; newer servers may send codes this version does not know. */
export type UploadErrorCode = LocalErrorCode | ErrorCode | (string & {})

/** What every upload error carries. */
interface UploadErrorFacts {
  readonly code: UploadErrorCode
  /** Whether the user may press Retry: the upload may succeed although nobody has changed anything. */
  readonly retryable: boolean
  readonly cause?: unknown
}

/**
 * Why a file could not be uploaded: `message` is for developers, with the cause and the way out.
 *
 * Subclasses tell apart what a caller would treat differently.
 */
export class UploadError extends Error {
  override readonly name: string = 'UploadError'
  readonly code: UploadErrorCode
  /** Whether the user may press Retry: the upload may succeed although nobody has changed anything. */
  readonly retryable: boolean

  constructor(message: string, { code, retryable, cause }: UploadErrorFacts) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.retryable = retryable
    Object.defineProperty(this, mark, { value: true })
  }
}

/** The signing endpoint refused, could not be reached, or answered something else than the protocol. */
export class EndpointError extends UploadError {
  override readonly name = 'EndpointError'
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  /** What the endpoint asked to wait, in seconds. */
  readonly retryAfterSeconds: number | undefined
  /** Whether the whole request failed, or one file of it was refused. */
  readonly concerns: 'request' | 'file'
  /** Whether the endpoint itself has refused; else nothing came that is its answer. */
  readonly isRefusal: boolean
  /** Whether users may read `message`: the app has refused in its own words. */
  readonly isInAppWords: boolean
  /** Whether the same request may succeed when somebody has signed in. */
  readonly isSignInNeeded: boolean

  constructor(
    message: string,
    facts: UploadErrorFacts & {
      status: number
      retryAfterSeconds?: number | undefined
      concerns?: 'request' | 'file'
      isRefusal?: boolean
      isInAppWords?: boolean
      isSignInNeeded?: boolean
    },
  ) {
    super(message, facts)
    this.status = facts.status
    this.retryAfterSeconds = facts.retryAfterSeconds
    this.concerns = facts.concerns ?? 'request'
    this.isRefusal = facts.isRefusal ?? false
    this.isInAppWords = facts.isInAppWords ?? false
    this.isSignInNeeded = facts.isSignInNeeded ?? facts.code === 'unauthorized'
  }
}

/** S3 answered the upload with a refusal; `code` is the cause, whatever the service calls it. */
export class StorageError extends UploadError {
  override readonly name = 'StorageError'
  readonly status: number
  /** S3's own error code, such as `EntityTooLarge`; absent when the answer was not S3's. */
  readonly storageCode: string | undefined
  /** S3's id of the request, for its operator. */
  readonly requestId: string | undefined
  /** Whether a fresh signature may help: this one expired or is no longer valid. */
  readonly needsNewSignature: boolean
  /** Whether the storage, or the line to it, was overtaxed: fewer requests at once may help. */
  readonly isCongestion: boolean

  constructor(
    message: string,
    facts: UploadErrorFacts & {
      code: StorageCause
      status: number
      storageCode?: string | undefined
      requestId?: string | undefined
      needsNewSignature?: boolean | undefined
      isCongestion?: boolean | undefined
    },
  ) {
    super(message, facts)
    this.status = facts.status
    this.storageCode = facts.storageCode
    this.requestId = facts.requestId
    this.needsNewSignature = facts.needsNewSignature ?? false
    this.isCongestion = facts.isCongestion ?? false
  }
}

/** The bytes did not get through, or S3's answer did not come back: the file may or may not be stored. */
export class NetworkError extends UploadError {
  override readonly name = 'NetworkError'
  /** Where the request went, if the transport tells. */
  readonly url: string | undefined

  constructor(message: string, facts: { code: NetworkErrorCode; url?: string; cause?: unknown }) {
    super(message, { ...facts, retryable: facts.code !== 'blocked-by-policy' })
    this.url = facts.url
  }
}

/** The file on this device cannot be sent: it was changed, moved or removed, is a folder, or the app has refused it. */
export class FileError extends UploadError {
  override readonly name = 'FileError'
  /** Whether it can be read and has other bytes than it had: nothing of its upload is of use any more. */
  readonly hasChanged: boolean
  /** Whether users may read `message`: the app has refused the file in its own words. */
  readonly isInAppWords: boolean

  constructor(
    message: string,
    facts: {
      code: FileErrorCode
      hasChanged?: boolean
      isInAppWords?: boolean
      cause?: unknown
    },
  ) {
    const retryable = facts.code === 'file-not-answering' || facts.code === 'file-refused'
    super(message, { ...facts, retryable })
    this.hasChanged = facts.hasChanged ?? false
    this.isInAppWords = facts.isInAppWords ?? false
  }
}

/** The upload was cancelled. */
export class CancelledError extends UploadError {
  override readonly name = 'CancelledError'

  constructor() {
    super('The upload was cancelled.', { code: 'cancelled', retryable: true })
  }
}

/** Whether `error` is an {@link UploadError}, also when it comes from another copy of this package. */
export function isUploadError(error: unknown): error is UploadError {
  return isObject(error) && mark in error
}

/** Whether `error` is an {@link EndpointError}. */
export function isEndpointError(error: unknown): error is EndpointError {
  return isUploadError(error) && error.name === 'EndpointError'
}

/** Whether `error` is a {@link StorageError}. */
export function isStorageError(error: unknown): error is StorageError {
  return isUploadError(error) && error.name === 'StorageError'
}

/** Whether `error` is a {@link NetworkError}. */
export function isNetworkError(error: unknown): error is NetworkError {
  return isUploadError(error) && error.name === 'NetworkError'
}

/** Whether `error` is a {@link FileError}. */
export function isFileError(error: unknown): error is FileError {
  return isUploadError(error) && error.name === 'FileError'
}

/** Whether `error` is a {@link CancelledError}. */
export function isCancelledError(error: unknown): error is CancelledError {
  return isUploadError(error) && error.name === 'CancelledError'
}

/** Any thrown value as an {@link UploadError}, so that no failure is without a cause and a code. */
export function toUploadError(thrown: unknown): UploadError {
  if (isUploadError(thrown)) return thrown
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return new UploadError(`The upload stopped because of an unexpected error: ${reason}`, {
    code: 'unexpected',
    retryable: true,
    cause: thrown,
  })
}
