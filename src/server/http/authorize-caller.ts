import type { AuthorizeResult, Caller } from '../contract/caller.js'
import { decideByApp, signedOut, toAppRefusal } from '../errors/app-refusal.js'
import { httpStatusOf } from '../errors/http-status.js'

const maxOwnerLength = 256

/**
 * Asks the app who sends a request.
 *
 * @throws SigningError `unauthorized` or `forbidden`; what else the app throws passes.
 */
export async function authorizeCaller(
  request: Request,
  authorize: (request: Request) => AuthorizeResult | Promise<AuthorizeResult>,
): Promise<Caller> {
  const authorization = await decideByApp(() => authorize(request))
  if (!authorization) throw signedOut()
  const { owner } = authorization
  if (typeof owner === 'string' && owner !== '' && owner.length <= maxOwnerLength) {
    return authorization
  }
  // A caller may have a status of its own; what has no owner may be a refusal.
  throw toAppRefusal(authorization) ?? unusableAnswer(authorization)
}

function unusableAnswer(authorization: unknown): TypeError {
  const status = httpStatusOf(authorization)
  if (status !== undefined) {
    return new TypeError(
      `s3-direct-upload: authorize returned a refusal with the status ${status}. Only 401, 403 and redirects are understood. ` +
        'Return nothing where nobody is signed in, or throw a SigningError.',
    )
  }
  return new TypeError(
    `s3-direct-upload: authorize returned an owner that is not text of 1 to ${maxOwnerLength} characters, ` +
      'so nothing could be bound to it. Return { owner } with a stable id of the user as text.',
  )
}
