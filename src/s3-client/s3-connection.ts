import { memoize } from '../async/memoize.js'
import type { Runtime } from '../async/runtime.js'
import type { BucketLocation } from '../s3/bucket-location.js'
import type { Credentials } from '../sigv4/credentials.js'
import type { CredentialsSource } from './credentials-source.js'
import { fetchCredentials } from './live-credentials.js'

/** With what requests are sent to S3. */
export interface S3ClientOptions {
  readonly location: BucketLocation
  readonly credentials: CredentialsSource
  readonly fetch: (request: Request) => Promise<Response>
  /** Dates the signatures. */
  readonly now: () => Date
  /** Its timers and chance decide when a request is sent again. */
  readonly runtime: Pick<Runtime, 'random' | 'setTimer' | 'sleep'>
  /** How long S3 may take to put the parts of an upload together. @default 15 s */
  readonly completionTimeoutMs?: number
}

/** What every request to S3 is sent with. */
export interface S3Connection extends Omit<S3ClientOptions, 'credentials'> {
  /** Asked once, however many requests there are. */
  readonly credentials: () => Promise<Credentials>
}

/** The longest that a single request to S3 may take. */
export const requestTimeoutMs = 15_000

/** How long S3 may take to put parts together before the caller is told to ask again. */
export const defaultCompletionTimeoutMs = 15_000

/** Prepares the credentials. */
export function openConnection(options: S3ClientOptions): S3Connection {
  return {
    ...options,
    credentials: memoize(async () => {
      const live = await fetchCredentials(options.credentials, options.now())
      return live.credentials
    }),
  }
}
