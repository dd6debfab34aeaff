import type { BucketLocation } from '../../../s3/bucket-location.js'
import type { Credentials } from '../../../sigv4/credentials.js'
import type { OperationContext } from '../../config/operation-context.js'
import { fetchSigningCredentials } from '../../storage/signing-credentials.js'

/** Where, by whom and for how long a request of a page is signed. */
export interface SigningScope {
  readonly location: BucketLocation
  readonly credentials: Credentials
  readonly expiresInSeconds: number
  readonly now: Date
}

/** Who signs in one request of a page, and how long what it signs can live. */
export interface SigningScopes {
  /** For an upload in one request. */
  readonly single: SigningScope
  /** For a part, which may have to wait its turn. */
  readonly part: SigningScope
  /** For a download, or the next piece of one. */
  readonly download: SigningScope
}

const partLifetimeSeconds = 1800

/**
 * Fetches the credentials once for a whole request; what they sign ends with them.
 *
 * @throws SigningError `misconfigured` when there are no credentials; `storage-error` when their provider failed, or they have expired.
 */
export async function openSigningScopes({ config, now }: OperationContext): Promise<SigningScopes> {
  const { credentials, remainingSeconds } = await fetchSigningCredentials(config.credentials, now)
  const scopeOf = (lifetimeSeconds: number): SigningScope => ({
    location: config.publicLocation,
    credentials,
    expiresInSeconds: Math.min(lifetimeSeconds, remainingSeconds),
    now,
  })
  return {
    single: scopeOf(config.signatureLifetimeSeconds),
    part: scopeOf(partLifetimeSeconds),
    download: scopeOf(config.downloadLifetimeSeconds),
  }
}
