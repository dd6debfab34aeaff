import type { Runtime } from '../../async/runtime.js'
import { EndpointError } from '../errors/upload-error.js'
import type { EndpointHistory } from './endpoint-history.js'

/** What to do about a login page in place of an answer. */
export const loginAdvice =
  'Most often the session has ended: let the endpoint answer 401 instead of a redirect to a login page, and sign the user in by onUnauthorized.'

/** Whether the answer is a redirect that was not followed; a browser hides all else of it. */
export function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)
}

/** The error for an endpoint that gave no answer at all. */
export function unreachable(
  endpoint: string,
  {
    cause,
    history,
    runtime,
  }: {
    readonly cause: unknown
    readonly history: EndpointHistory
    readonly runtime: Pick<Runtime, 'isOnline'>
  },
): EndpointError {
  const mayHaveNoOrigin = runtime.isOnline() && !history.hasAnswered
  if (globalThis.origin === 'null' && mayHaveNoOrigin) return hasNoOrigin(cause)
  return new EndpointError(
    `The signing endpoint ${endpoint} could not be reached, or did not answer in time. Check the internet connection; an endpoint on another origin also needs this page’s origin in its allowedOrigins, and in the page’s Content-Security-Policy (connect-src).`,
    { code: 'endpoint-unreachable', status: 0, retryable: true, cause },
  )
}

/** @see https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque */
function hasNoOrigin(cause: unknown): EndpointError {
  return new EndpointError(
    'This page has no origin (“Origin: null”), and allowedOrigins of the signing endpoint can name none: add allow-same-origin to the sandbox attribute of its frame, or do not open it from a file.',
    { code: 'origin-not-allowed', status: 0, retryable: false, cause },
  )
}

/** The error for requests that are sent on to where this page may not look: most often to a login page. */
export function leadsElsewhere(endpoint: string, cause: unknown): EndpointError {
  return new EndpointError(
    `The signing endpoint ${endpoint} redirects to where this page may read no answer. ${loginAdvice}`,
    { code: 'unauthorized', status: 0, retryable: false, cause },
  )
}
