import { httpStatusOf } from './http-status.js'
import { isSigningError, packageRefusal, type SigningError } from './signing-error.js'

/** They lead to a login page, or to nowhere that a request without a page could go. */
const redirectStatuses: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308])

/**
 * Lets the app decide, and translates a refusal in the way of its framework: a `Response` or an error with the status 401
 * or 403, or a redirect.
 *
 * @throws SigningError `unauthorized` or `forbidden`; what else the app throws passes.
 */
export async function decideByApp<T>(decide: () => T | Promise<T>): Promise<T> {
  try {
    return await decide()
  } catch (thrown) {
    throw toAppRefusal(thrown) ?? thrown
  }
}

/** Reads a refusal, a framework's or a `SigningError`, which an app may also return; `undefined` for anything else. */
export function toAppRefusal(value: unknown): SigningError | undefined {
  if (isSigningError(value)) return value
  const status = httpStatusOf(value)
  if (status === 401 || redirectStatuses.has(status)) return signedOut()
  if (status === 403)
    return packageRefusal(
      'forbidden',
      'the app refused the caller with status 403. Throw a SigningError to tell users why.',
    )
  return undefined
}

/** Passes on what a decision of the app returned, unless that is a refusal: an object too, it must not pass for a permission. */
export function unlessRefused<T>(returned: T): T {
  const refusal = toAppRefusal(returned)
  if (refusal !== undefined) throw refusal
  return returned
}

/** Says that the app knows of no user. */
export function signedOut(): SigningError {
  return packageRefusal(
    'unauthorized',
    'the app knows no user for this request. Sign the user in, such as by onUnauthorized of the page.',
  )
}
