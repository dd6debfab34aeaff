import type { UploadError } from '../errors/upload-error.js'
import type { RetryPolicy } from '../retry/retry-policy.js'
import type { UploadClient } from './upload-client.js'

/** What a queue of requests to the signing endpoint works with. */
export interface EndpointQueueOptions {
  readonly client: UploadClient
  readonly policy: RetryPolicy
  /** Ends the queue's requests. */
  readonly signal: AbortSignal
  /** Hears why those in the queue have to wait, and when no longer. */
  readonly onRetry: (error: UploadError | undefined) => void
}
