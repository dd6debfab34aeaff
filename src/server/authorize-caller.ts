import type { Authorization, Caller } from './caller.js'
import { SigningError } from './signing-error.js'

const maxOwnerLength = 256

/**
 * Asks the app who sends a request.
 *
 * @throws SigningError `unauthorized`, or what the app throws.
 */
export async function authorizeCaller(
  request: Request,
  authorize: (request: Request) => Authorization | Promise<Authorization>,
): Promise<Caller> {
  const authorization = await authorize(request)
  if (!authorization) {
    throw new SigningError('unauthorized', 'Nobody is signed in. Sign in and try again.')
  }
  const { owner } = authorization
  if (typeof owner !== 'string' || owner === '' || owner.length > maxOwnerLength) {
    throw new TypeError(
      `s3-direct-upload: authorize returned an owner that is not text of 1 to ${maxOwnerLength} characters, ` +
        'so nothing could be bound to it. Return { owner } with a stable id of the user as text.',
    )
  }
  return authorization
}
