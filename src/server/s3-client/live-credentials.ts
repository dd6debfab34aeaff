import {
  type Credentials,
  type CredentialsSource,
  resolveCredentials,
} from '../../sigv4/credentials.js'
import { misconfigured, SigningError } from '../errors/signing-error.js'

/** Credentials that can sign now. */
export interface LiveCredentials {
  readonly credentials: Credentials
  /** How long they go on living; infinite for those that do not end. */
  readonly remainingSeconds: number
}

/**
 * Fetches the credentials and looks whether they still live.
 *
 * @throws SigningError `misconfigured` when there are none, or unusable ones; `storage-error` when their provider failed,
 * or they have expired.
 */
export async function fetchCredentials(
  source: CredentialsSource,
  now: Date,
): Promise<LiveCredentials> {
  const provided = await provide(source)
  const { credentials, end } = await requireUsable(provided)
  if (end === undefined) return { credentials, remainingSeconds: Number.POSITIVE_INFINITY }
  const remainingSeconds = Math.floor((end.getTime() - now.getTime()) / 1000)
  if (remainingSeconds >= 1) return { credentials, remainingSeconds }
  throw noneAtTheMoment(
    new Error(
      `s3-direct-upload: the credentials expired at ${end.toISOString()}. Have the provider renew them in time.`,
    ),
  )
}

async function provide(source: CredentialsSource): Promise<Credentials> {
  if (typeof source !== 'function') return source
  try {
    return await source()
  } catch (cause) {
    // So providers of the AWS SDK call a lack of credentials. Other errors are those of a service that was asked for them.
    const isLack = cause instanceof Error && cause.name === 'CredentialsProviderError'
    throw isLack ? misconfigured(cause) : noneAtTheMoment(cause)
  }
}

async function requireUsable(
  provided: Credentials,
): Promise<{ readonly credentials: Credentials; readonly end: Date | undefined }> {
  try {
    const credentials = await resolveCredentials(provided)
    return { credentials, end: endOf(credentials) }
  } catch (cause) {
    throw misconfigured(cause)
  }
}

function endOf({ expiration }: Credentials): Date | undefined {
  if (expiration === undefined) return undefined
  // Metadata services write the date as text, and not every provider reads it.
  const end = new Date(expiration)
  if (!Number.isNaN(end.getTime())) return end
  throw new TypeError(
    `s3-direct-upload: the credentials have the expiration "${expiration}", which is no date. ` +
      'Return a Date, or leave it out.',
  )
}

function noneAtTheMoment(cause: unknown): SigningError {
  const message = 'The server has no valid credentials for the storage at the moment. Try again.'
  return new SigningError('storage-error', message, { cause })
}
