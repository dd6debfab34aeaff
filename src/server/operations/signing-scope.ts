import type { BucketLocation } from '../../s3/endpoint.js'
import type { Credentials } from '../../sigv4/credentials.js'
import { fetchCredentials } from '../live-credentials.js'
import type { OperationContext } from '../operation-context.js'

/** Where, by whom and for how long a request is signed. */
export interface SigningScope {
  readonly location: BucketLocation
  readonly credentials: Credentials
  readonly expiresInSeconds: number
  readonly now: Date
}

/**
 * Fetches the credentials once for a whole request; what they sign ends with them.
 *
 * @throws SigningError `storage-error` when there are none, or none that still live.
 */
export async function openSigningScope({ config, now }: OperationContext): Promise<SigningScope> {
  const { credentials, remainingSeconds } = await fetchCredentials(config.credentials, now)
  const expiresInSeconds = Math.min(config.signatureLifetimeSeconds, remainingSeconds)
  return { location: config.location, credentials, expiresInSeconds, now }
}
