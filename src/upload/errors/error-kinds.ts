import { isNotAnswering } from './file-errors.js'
import {
  isEndpointError,
  isFileError,
  isNetworkError,
  isStorageError,
  type UploadError,
} from './upload-error.js'

/**
 * Whether the same request may succeed when the engine sends it again.
 *
 * `retryable` is for people: they may also try again what nobody foresaw, which the engine would only repeat.
 */
export function mayPass(error: UploadError): boolean {
  return error.retryable && !isUnforeseen(error)
}

/** Whether the server may have done what it was asked for, although it said this or nothing: 4xx refuses before anything is done. */
export function mayBeDone(error: UploadError): boolean {
  return !isEndpointError(error) || error.status < 400 || error.status >= 500
}

/** Whether nobody foresaw it: an error of this package, or of what it works with. */
export function isUnforeseen({ code }: UploadError): boolean {
  return code === 'unexpected'
}

/** Whether the engine has tried it again already, for as long as it may. */
export function wasTriedAgain({ code }: UploadError): boolean {
  return code === 'code-not-loaded'
}

const unanswered: ReadonlySet<string> = new Set(['endpoint-unreachable', 'code-not-loaded'])

/** Whether nothing came: for a browser that is offline, that is why. */
export function gotNothing(error: UploadError): boolean {
  return isNetworkError(error) || unanswered.has(error.code)
}

/** Whether the bytes may have arrived although the answer says otherwise, or there was none. */
export function mayBeStored(error: unknown): boolean {
  // 412: the object exists already, and under a random key it can only be ours.
  return isUnanswered(error) || (isStorageError(error) && error.status === 412)
}

/**
 * Whether the bytes may have arrived although S3 or a proxy says that it failed, or the file can no longer be read: worth a
 * look before the file is given up.
 */
export function mayBeStoredAfterAll(
  error: unknown,
  { requireUnchanged }: { readonly requireUnchanged?: unknown },
): boolean {
  // Without a checksum, old and new bytes of a file that changes could be mixed.
  if (isFileError(error)) return requireUnchanged === undefined
  return isStorageError(error) && error.status >= 500
}

/** Whether parts may have arrived of which no answer came, or a wrong one. */
export function mayHaveMoreParts(error: unknown): boolean {
  return isUnanswered(error) || (isStorageError(error) && error.status >= 500)
}

/** Whether no answer came; the drive of the file may have gone away meanwhile. */
function isUnanswered(error: unknown): boolean {
  return isNetworkError(error) || isNotAnswering(error)
}

/** Whether a new signature may help; a refusal for its age often looks like no answer at all. */
export function mayBeTheSignature(error: UploadError): boolean {
  if (isStorageError(error)) return error.needsNewSignature
  return isNetworkError(error) || isNotFound(error) || isWorthlessToken(error)
}

/** Whether S3 says that the signature, or what it was made with, has ended. */
export function isExpired({ code }: UploadError): boolean {
  return code === 'signature-expired'
}

/** Whether the storage, or the line to it, was overtaxed: fewer requests at once may help. */
export function isCongestion(error: unknown): boolean {
  if (isStorageError(error)) return error.isCongestion
  return isNetworkError(error) && error.code === 'stalled'
}

/** Whether the bytes that arrived had another checksum than was signed. */
export function isDamaged(error: unknown): boolean {
  return isStorageError(error) && error.code === 'checksum-mismatch'
}

/** Whether the file has other bytes than it had when its upload began. */
export function isChanged(error: unknown): boolean {
  return isFileError(error) && error.hasChanged
}

/** Whether a file could not be read, as far as was seen only once. */
export function isUnreadable(error: unknown): boolean {
  return isFileError(error) && error.code === 'file-unreadable' && !error.hasChanged
}

/** Whether the server looked and saw no object. */
export function isNotFound(error: unknown): boolean {
  return isEndpointError(error) && error.code === 'upload-not-found'
}

/** Whether the server does not take this token for its own, or for this owner's. */
export function isInvalidToken(error: unknown): boolean {
  return isEndpointError(error) && error.code === 'invalid-token'
}

/** Whether the server can no longer be asked with this token. */
export function isWorthlessToken(error: unknown): boolean {
  return isInvalidToken(error) || (isEndpointError(error) && error.code === 'expired-token')
}

const missing: ReadonlySet<string> = new Set(['upload-not-found', 'upload-gone', 'parts-missing'])

/** Whether the server's answer means that the file, or parts of it, have to be sent again. */
export function needsNewTransfer(error: unknown): boolean {
  return isWorthlessToken(error) || (isEndpointError(error) && missing.has(error.code))
}

const refusedForGood: ReadonlySet<string> = new Set([
  'size-mismatch',
  'type-mismatch',
  'checksum-mismatch',
])

/** Whether the server has looked at the object and rejected it permanently. */
export function isRefusedForGood(error: unknown): boolean {
  return isEndpointError(error) && refusedForGood.has(error.code)
}

/** Whether the endpoint may decide otherwise when it is asked again; what is no answer of it refuses nothing. */
export function isUndecided(error: UploadError): boolean {
  return mayPass(error) || error.code === 'endpoint-answer'
}

/** Whether what is known of a multipart upload is wrong: S3 has to be asked what it has. */
export function isOutOfStep(error: unknown): boolean {
  if (isStorageError(error)) return error.code === 'upload-gone'
  return needsNewTransfer(error) && !isNotFound(error)
}
