import { toDate } from '../s3/date-text.js'
import { type Credentials, requireCredentials } from '../sigv4/credentials.js'
import type { CredentialsSource } from './credentials-source.js'

/** Credentials that can sign now. */
export interface LiveCredentials {
  readonly credentials: Credentials
  /** How long they go on living; infinite for those that do not end. */
  readonly remainingSeconds: number
}

/** Nothing can be signed, because there are no usable credentials; the cause says why. */
export class NoCredentialsError extends Error {
  override readonly name = 'NoCredentialsError'
  /** `misconfigured`: there are none, or unusable ones. `unavailable`: their provider failed, or they have expired. */
  readonly reason: 'misconfigured' | 'unavailable'

  constructor(reason: 'misconfigured' | 'unavailable', cause: unknown) {
    super('s3-direct-upload: there are no credentials to sign requests to S3 with.', { cause })
    this.reason = reason
  }
}

/**
 * Fetches the credentials and looks whether they still live.
 *
 * @throws NoCredentialsError when they cannot sign.
 */
export async function fetchCredentials(
  source: CredentialsSource,
  now: Date,
): Promise<LiveCredentials> {
  const provided = await provide(source)
  const { credentials, end } = requireUsable(provided)
  if (end === undefined) return { credentials, remainingSeconds: Number.POSITIVE_INFINITY }
  const remainingSeconds = Math.floor((end.getTime() - now.getTime()) / 1000)
  if (remainingSeconds >= 1) return { credentials, remainingSeconds }
  throw new NoCredentialsError(
    'unavailable',
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
    // Providers of the AWS SDK give this name to a lack of credentials. Other errors are those of a service that was asked.
    const isLack = cause instanceof Error && cause.name === 'CredentialsProviderError'
    throw new NoCredentialsError(isLack ? 'misconfigured' : 'unavailable', cause)
  }
}

function requireUsable(provided: Credentials): {
  readonly credentials: Credentials
  readonly end: Date | undefined
} {
  try {
    const credentials = requireCredentials(provided)
    return { credentials, end: endOf(credentials) }
  } catch (cause) {
    throw new NoCredentialsError('misconfigured', cause)
  }
}

function endOf({ expiration }: Credentials): Date | undefined {
  if (expiration === undefined) return undefined
  // Metadata services write the date as text, and not every provider reads it.
  const end = toDate(expiration)
  if (!Number.isNaN(end.getTime())) return end
  throw new TypeError(
    `s3-direct-upload: the credentials have the expiration "${expiration}", which is no date. ` +
      'Return a Date, or leave it out.',
  )
}
