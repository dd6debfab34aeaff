import { isSigningError } from '../../server/errors/signing-error.js'

/** Says what happened; what S3 answered to the server's own code is in the cause. */
export function errorMessage(error: unknown): string {
  const told = isSigningError(error) && error.cause instanceof Error ? error.cause : error
  return told instanceof Error ? told.message : String(told)
}
