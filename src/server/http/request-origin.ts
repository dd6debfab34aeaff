import { packageRefusal } from '../errors/signing-error.js'

/** Which pages may use an endpoint. */
interface OriginRules {
  readonly allowedOrigins: ReadonlySet<string>
  readonly publicOrigin: string | undefined
}

const preflightLifetimeSeconds = 7200

/**
 * Refuses requests of pages that may not use this endpoint, so that no other site can act for a signed-in visitor.
 *
 * Browsers send `Origin` with every POST and, over https, `Sec-Fetch-Site`; scripts can set neither. A request
 * without both does not come from a browser, and only `authorize` decides on it.
 *
 * @throws SigningError `origin-not-allowed`.
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function requireAllowedOrigin(request: Request, rules: OriginRules): void {
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const isAllowed =
    origin === null
      ? site === null || site === 'same-origin' || site === 'none'
      : rules.allowedOrigins.has(origin) || isSameOrigin(request, origin, rules)
  if (isAllowed) return
  throw packageRefusal('origin-not-allowed', origin === 'null' ? noOrigin : notAllowed)
}

const noOrigin =
  'pages without an origin (“Origin: null”) may not use the endpoint, since any site can make one. ' +
  'Add allow-same-origin to the sandbox of the frame, or serve the page from an origin of its own.'

const notAllowed =
  'pages of this origin may not use the endpoint. Add the origin to allowedOrigins, ' +
  'or set publicOrigin if a proxy gives the endpoint another address than browsers see.'

/** Returns the CORS headers for an origin that is explicitly allowed, and none for any other. */
export function corsHeaders(request: Request, { allowedOrigins }: OriginRules): Headers {
  const headers = new Headers()
  if (allowedOrigins.size === 0) return headers
  headers.set('vary', 'origin')
  const origin = request.headers.get('origin')
  if (origin === null || !allowedOrigins.has(origin)) return headers
  headers.set('access-control-allow-origin', origin)
  headers.set('access-control-allow-credentials', 'true')
  headers.set('access-control-expose-headers', 'date, retry-after')
  return headers
}

/**
 * Answers a browser that asks, before a request from another origin, whether it may send it.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function preflightResponse(request: Request): Response {
  const headers = new Headers({
    allow: 'POST, OPTIONS',
    'cache-control': 'no-store',
    'access-control-allow-methods': 'POST',
    'access-control-max-age': String(preflightLifetimeSeconds),
  })
  // The app chooses the headers it sends with a signing request, for example a CSRF token.
  const requested = request.headers.get('access-control-request-headers')
  if (requested !== null) headers.set('access-control-allow-headers', requested)
  return new Response(null, { status: 204, headers })
}

function isSameOrigin(request: Request, origin: string, { publicOrigin }: OriginRules): boolean {
  if (publicOrigin !== undefined) return origin === publicOrigin
  // A proxy that ends TLS gives the request another scheme; what the browser itself says is not affected.
  if (request.headers.get('sec-fetch-site') === 'same-origin') return true
  return origin === new URL(request.url).origin
}
