import {
  type Credentials,
  type CredentialsSource,
  resolveCredentials,
} from '../../sigv4/credentials.js'
import { SigningError } from '../signing-error.js'

/** Credentials that can sign now. */
export interface LiveCredentials {
  readonly credentials: Credentials
  /** How long they go on living; infinite for those that do not end. */
  readonly remainingSeconds: number
}

/**
 * Fetches the credentials and looks whether they still live.
 *
 * @throws SigningError `storage-error` when there are none, or none that still live.
 */
export async function fetchCredentials(
  source: CredentialsSource,
  now: Date,
): Promise<LiveCredentials> {
  try {
    const credentials = await resolveCredentials(source)
    return { credentials, remainingSeconds: remainingSecondsOf(credentials, now) }
  } catch (cause) {
    const message = 'The server has no valid credentials for the storage at the moment. Try again.'
    throw new SigningError('storage-error', message, { cause })
  }
}

function remainingSecondsOf({ expiration }: Credentials, now: Date): number {
  if (expiration === undefined) return Number.POSITIVE_INFINITY
  // Metadata services write the date as text, and not every provider reads it.
  const end = new Date(expiration)
  if (Number.isNaN(end.getTime())) {
    throw new TypeError(
      `s3-direct-upload: the credentials have the expiration "${expiration}", which is no date. ` +
        'Return a Date, or leave it out.',
    )
  }
  const remainingSeconds = Math.floor((end.getTime() - now.getTime()) / 1000)
  if (remainingSeconds >= 1) return remainingSeconds
  throw new Error(
    `s3-direct-upload: the credentials expired at ${end.toISOString()}. Have the provider renew them in time.`,
  )
}
