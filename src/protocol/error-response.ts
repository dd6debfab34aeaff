import * as v from 'valibot'

/**
 * Every error code of the protocol with its HTTP status and whether the same request may succeed later.
 *
 * The one list of codes: clients switch over them, servers answer with them.
 */
export const errorCodes = {
  /** The body is not JSON, or a field is missing or malformed; the message names the field. */
  'invalid-request': { status: 400, retryable: false },
  /** The body took too long to arrive. */
  'request-timeout': { status: 408, retryable: true },
  /** The body is longer than the handler, or what stands in front of it, reads. */
  'request-too-large': { status: 413, retryable: false },
  /** The request's content type is not `application/json`. */
  'unsupported-media-type': { status: 415, retryable: false },
  /** Only POST (and the CORS preflight) is answered. */
  'method-not-allowed': { status: 405, retryable: false },
  /** The page's origin may not use this endpoint. */
  'origin-not-allowed': { status: 403, retryable: false },
  /** Nobody is signed in; after signing in, the same request can succeed. */
  unauthorized: { status: 401, retryable: false },
  /** The caller may not do this. */
  forbidden: { status: 403, retryable: false },
  /** This server does not offer the operation. */
  'unsupported-operation': { status: 501, retryable: false },
  /** The file is larger than the rules, or than S3, allow. */
  'file-too-large': { status: 413, retryable: false },
  /** The file is smaller than the rules allow. */
  'file-too-small': { status: 422, retryable: false },
  /** The rules do not accept files of this type. */
  'file-type-not-accepted': { status: 422, retryable: false },
  /** More files in one request than the rules allow. */
  'too-many-files': { status: 422, retryable: false },
  /** The caller has used up what the app allows, or has too many uploads under way: for all files or for one. */
  'quota-exceeded': { status: 403, retryable: false },
  /** The token is malformed, altered, or was made for another handler, bucket or owner. */
  'invalid-token': { status: 403, retryable: false },
  /** The token is genuine but too old. */
  'expired-token': { status: 403, retryable: false },
  /** No object stands under the token's key: the bytes never arrived. */
  'upload-not-found': { status: 404, retryable: true },
  /** No object stands under the key that is to be downloaded. */
  'object-not-found': { status: 404, retryable: false },
  /** S3 no longer has the multipart upload, nor its object: the file has to be sent anew. */
  'upload-gone': { status: 410, retryable: false },
  /** Parts are missing or have another size than planned: list them, send what is missing, complete again. */
  'parts-missing': { status: 409, retryable: true },
  /** An object stands under the key already: this upload was completed before. */
  'upload-exists': { status: 409, retryable: false },
  /** The stored object has another size than was signed. */
  'size-mismatch': { status: 409, retryable: false },
  /** The stored object has another content type than was signed, or its bytes are of another type; those are deleted. */
  'type-mismatch': { status: 409, retryable: false },
  /** The stored object has another checksum than was signed. */
  'checksum-mismatch': { status: 409, retryable: false },
  /** `onUploadComplete` failed; the object is stored and completing again is safe. */
  'completion-failed': { status: 502, retryable: true },
  /** S3 refused or did not answer the server. */
  'storage-error': { status: 502, retryable: true },
  /** S3 refused the server's own credentials or permissions: the configuration is at fault. */
  'storage-refused': { status: 502, retryable: false },
  /** The server is busy; try again after `Retry-After`. */
  'rate-limited': { status: 429, retryable: true },
  /** The server lacks options, variables or credentials, or has unusable ones: its operator has to act. */
  misconfigured: { status: 500, retryable: false },
  /** Something unforeseen in the server. */
  'internal-error': { status: 500, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean }>

/** A code from the protocol's list of errors. */
export type ErrorCode = keyof typeof errorCodes

/** Whether this version knows the code. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code)
}

/** Why an operation, or one file of a batch, was refused. */
export const protocolErrorSchema = v.object({
  /** Stable and machine-readable. A newer server may send a code this version does not know. */
  code: v.string(),
  /** For developers if it begins with `s3-direct-upload: `; else in the words of the app, for its users. */
  message: v.string(),
  /** Whether the same request may succeed later. */
  retryable: v.boolean(),
})

/** Why an operation, or one file of a batch, was refused. */
export type ProtocolError = v.InferOutput<typeof protocolErrorSchema>

/** The body of every response whose status is not 2xx. */
export const errorResponseSchema = v.object({ error: protocolErrorSchema })

/** The body of every response whose status is not 2xx. */
export type ErrorResponse = v.InferOutput<typeof errorResponseSchema>
