import { type Credentials, requireCredentials } from '../sigv4/credentials.js'

/** Credentials, or a function that fetches them; any `AwsCredentialIdentityProvider` of the AWS SDK fits. */
export type CredentialsSource = Credentials | (() => Promise<Credentials>)

/**
 * Fetches the credentials to sign with, asking a provider each time so that rotated ones are seen.
 *
 * @throws TypeError when they cannot sign.
 */
export async function resolveCredentials(source: CredentialsSource): Promise<Credentials> {
  return requireCredentials(typeof source === 'function' ? await source() : source)
}
