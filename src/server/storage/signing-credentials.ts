import type { CredentialsSource } from '../../s3-client/credentials-source.js'
import { fetchCredentials, type LiveCredentials } from '../../s3-client/live-credentials.js'
import { translateStorageError } from './storage-errors.js'

/**
 * Fetches the credentials that sign requests of a page.
 *
 * @throws SigningError `misconfigured` when there are none, or unusable ones; `storage-error` when their provider failed,
 * or they have expired.
 */
export async function fetchSigningCredentials(
  source: CredentialsSource,
  now: Date,
): Promise<LiveCredentials> {
  try {
    return await fetchCredentials(source, now)
  } catch (error) {
    throw translateStorageError(error)
  }
}
