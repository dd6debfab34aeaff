import { memoize } from '../../async/memoize.js'
import type { BucketLocation } from '../../s3/bucket-location.js'
import type { Credentials, CredentialsSource } from '../../sigv4/credentials.js'
import { fetchCredentials } from './live-credentials.js'

/** With what the server talks to S3. */
export interface S3ClientOptions {
  readonly location: BucketLocation
  readonly credentials: CredentialsSource
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => Date
  /** Waits before another try. */
  readonly sleep: (milliseconds: number) => Promise<void>
  /** How long S3 may take to put the parts of an upload together before the page is told to ask again. */
  readonly completionTimeoutMilliseconds: number
}

/** What every request to S3 is sent with. */
export interface S3Connection extends Omit<S3ClientOptions, 'credentials'> {
  /** Asked once, however many requests there are. */
  readonly credentials: () => Promise<Credentials>
}

/** The longest that a single request to S3 may take, in milliseconds. */
export const timeoutMilliseconds = 15_000

/** How long S3 may take to put parts together before somebody is told to ask again, in milliseconds. */
export const completionTimeoutMilliseconds = 15_000

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
