import type { Refused } from '../../protocol/batch-items.js'
import {
  type ErrorCode,
  errorCodes,
  isErrorCode,
  type ProtocolError,
} from '../../protocol/error-response.js'

/** Facts beside code and message. */
export interface SigningErrorOptions {
  /** Sent as `Retry-After`, for example with `rate-limited`. */
  readonly retryAfterSeconds?: number
  /** What led to the refusal: `onError` hears of it, the client never does. */
  readonly cause?: unknown
}

/**
 * A refusal that reaches the client with its code and message.
 *
 * Throw it from `authorize`, `authorizeDownload` or any hook to refuse in your own words; the message is shown to users as it is.
 *
 * @example
 * throw new SigningError('forbidden', 'Your plan does not include uploads.')
 */
export class SigningError extends Error {
  override readonly name = 'SigningError'
  /** Stable and machine-readable, from the protocol's list. */
  readonly code: ErrorCode
  /** When to try again, if the server knows. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, message: string, options: SigningErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** Tells whether a caught value is a {@link SigningError}, also one from another copy of the package. */
export function isSigningError(error: unknown): error is SigningError {
  return (
    error instanceof Error &&
    error.name === 'SigningError' &&
    'code' in error &&
    typeof error.code === 'string' &&
    isErrorCode(error.code)
  )
}

/**
 * Creates a refusal of this package, whose message is for developers: what happened, then what to do.
 *
 * The package's name in front tells browsers so. Users read a sentence of the page by the code; only what an app throws is
 * shown as it is.
 */
export function packageRefusal(
  code: ErrorCode,
  message: string,
  options?: SigningErrorOptions,
): SigningError {
  return new SigningError(code, `s3-direct-upload: ${message}`, options)
}

/** Says that the server cannot do its work as it is set up; the cause tells the operator why. */
export function misconfigured(cause: unknown): SigningError {
  const message = 'the server is not set up for this. The onError of its handler has the cause.'
  return packageRefusal('misconfigured', message, { cause })
}

/** Refuses an item of a request that could not be read; the problem was written by the parser. */
export function malformedItem({ error, ...item }: Refused): Refused {
  return { ...item, error: toProtocolError(packageRefusal('invalid-request', error.message)) }
}

/**
 * Turns whatever was thrown into a refusal. A refusal with a cause, and everything unforeseen, is reported,
 * since the client hears nothing of the reason.
 */
export function toSigningError(thrown: unknown, report: (error: unknown) => void): SigningError {
  const isRefusal = isSigningError(thrown)
  if (!isRefusal || thrown.cause !== undefined) report(thrown)
  if (isRefusal) return thrown
  const message =
    'something unforeseen went wrong on the server. The onError of its handler has the error.'
  return packageRefusal('internal-error', message)
}

/** Writes a refusal the way it is sent. */
export function toProtocolError({ code, message }: SigningError): ProtocolError {
  return { code, message, retryable: errorCodes[code].retryable }
}
