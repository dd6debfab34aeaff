import { type ErrorResponse, errorCodes } from '../../protocol/error-response.js'
import { type SigningError, toProtocolError } from '../errors/signing-error.js'

/** Answers with JSON that no cache may keep. */
export function jsonResponse(body: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers)
  headers.set('content-type', 'application/json')
  headers.set('cache-control', 'no-store')
  headers.set('x-content-type-options', 'nosniff')
  return new Response(JSON.stringify(body), { ...init, headers })
}

/** Answers a refused request with the status of its code. */
export function errorResponse(error: SigningError): Response {
  const headers = new Headers()
  if (error.retryAfterSeconds !== undefined) {
    headers.set('retry-after', String(Math.ceil(error.retryAfterSeconds)))
  }
  if (error.code === 'method-not-allowed') headers.set('allow', 'POST, OPTIONS')
  const body: ErrorResponse = { error: toProtocolError(error) }
  return jsonResponse(body, { status: errorCodes[error.code].status, headers })
}
