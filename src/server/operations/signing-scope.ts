import type { BucketLocation } from '../../s3/endpoint.js'
import { type Credentials, resolveCredentials } from '../../sigv4/credentials.js'
import type { OperationContext } from '../operation-context.js'
import { SigningError } from '../signing-error.js'

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
  const credentials = await resolveCredentials(config.credentials).catch(refuseWithout)
  const { expiration } = credentials
  const remainingSeconds =
    expiration === undefined
      ? Number.POSITIVE_INFINITY
      : Math.floor((expiration.getTime() - now.getTime()) / 1000)
  if (remainingSeconds < 1) refuseWithout(new Error('The credentials have expired.'))
  const expiresInSeconds = Math.min(config.signatureLifetimeSeconds, remainingSeconds)
  return { location: config.location, credentials, expiresInSeconds, now }
}

function refuseWithout(cause: unknown): never {
  const message = 'The server has no valid credentials for the storage at the moment. Try again.'
  throw new SigningError('storage-error', message, { cause })
}
