import type { OperationContext } from '../../config/operation-context.js'
import { packageRefusal } from '../../errors/signing-error.js'

/** Tells whether the page no longer waits for the answer: it has gone, or has asked again. */
export function isAbandoned({ request }: Pick<OperationContext, 'request'>): boolean {
  return request.signal.aborted
}

/**
 * Ends an abandoned request before it starts an upload.
 *
 * @throws SigningError `storage-error`, since a page that hears of it all the same may ask again.
 */
export function requireWaitingPage(context: Pick<OperationContext, 'request'>): void {
  if (!isAbandoned(context)) return
  throw packageRefusal('storage-error', 'the page stopped waiting for the answer. Try again.')
}
