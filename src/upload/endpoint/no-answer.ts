import { EndpointError } from '../upload-error.js'
import type { EndpointHistory } from './endpoint-answer.js'

/** Whether the answer is a redirect that was not followed; a browser hides all else of it. */
export function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)
}

/** The error for an endpoint that gave no answer at all. */
export function unreachable(
  endpoint: string,
  { cause, history }: { readonly cause: unknown; readonly history: EndpointHistory },
): EndpointError {
  const isOnline = globalThis.navigator?.onLine !== false
  if (globalThis.origin === 'null' && isOnline && !history.hasAnswered) return hasNoOrigin(cause)
  return new EndpointError(
    `The signing endpoint ${endpoint} could not be reached, or did not answer in time. Check the internet connection; an endpoint on another origin also needs this page’s origin in its allowedOrigins, and in the page’s Content-Security-Policy (connect-src).`,
    { code: 'endpoint-unreachable', status: 0, retryable: true, cause },
  )
}

/** @see https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque */
function hasNoOrigin(cause: unknown): EndpointError {
  return new EndpointError(
    'The signing endpoint does not answer pages without an origin (“Origin: null”), of which allowedOrigins can name none. This page is in a sandboxed frame, or was opened from a file: add allow-same-origin to the sandbox attribute of the frame, or serve the page from an origin of its own.',
    { code: 'origin-not-allowed', status: 0, retryable: false, cause },
  )
}

/** The error for requests that are sent on to where this page may not look: most often to a login page. */
export function leadsElsewhere(endpoint: string, cause: unknown): EndpointError {
  return new EndpointError(
    `The signing endpoint ${endpoint} redirects to another origin, where this page may read no answer: most often to a login page, because the session has ended. Let it answer 401 instead, and sign the user in by onUnauthorized.`,
    { code: 'unauthorized', status: 0, retryable: false, cause },
  )
}
