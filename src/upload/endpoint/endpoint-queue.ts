import type { UploadError } from '../errors/upload-error.js'
import type { Retrying } from '../retry/retry-policy.js'
import type { UploadClient } from './upload-client.js'

/** What a queue of requests to the signing endpoint works with. */
export interface EndpointQueueOptions extends Retrying {
  readonly client: UploadClient
  /** Ends the queue's requests. */
  readonly signal: AbortSignal
  /** Hears why those in the queue have to wait, and when no longer. */
  readonly onRetry: (error: UploadError | undefined) => void
}
