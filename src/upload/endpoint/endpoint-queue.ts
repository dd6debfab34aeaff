import type { RetryPolicy } from '../retry.js'
import type { UploadError } from '../upload-error.js'
import type { SigningClient } from './signing-client.js'

/** What a queue of requests to the signing endpoint works with. */
export interface EndpointQueueOptions {
  readonly client: SigningClient
  readonly policy: RetryPolicy
  /** Ends the queue's requests. */
  readonly signal: AbortSignal
  /** Hears why those in the queue have to wait, and when no longer. */
  readonly onTrouble: (error: UploadError | undefined) => void
}
