import { isSigningError } from '../../server/errors/signing-error.js'
import { translateStorageError } from '../../server/storage/storage-errors.js'

/** Says what happened; what S3 answered to the server's own code is in the cause. */
export function errorMessage(error: unknown): string {
  const refusal = translateStorageError(error)
  const told = isSigningError(refusal) && refusal.cause instanceof Error ? refusal.cause : refusal
  return told instanceof Error ? told.message : String(told)
}
