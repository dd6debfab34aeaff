import { type IncomingRequest, type RequestBody, requestBody } from './request-body.js'

/** A request of Node's servers or of Express, or Fastify's wrapper around one. */
export type NodeRequest = (IncomingRequest | { readonly raw: IncomingRequest }) & {
  /** What a body parser has made of the body. */
  readonly body?: unknown
  /** The path before a router cut off where it is mounted. */
  readonly originalUrl?: string
}

/** Describe a body as it was sent, which a parsed one no longer is. */
const bodyHeaders = ['content-length', 'content-encoding', 'transfer-encoding']

const noBody: RequestBody = { body: null, isAsSent: true }

/** Makes a standard request of Node's; `undefined` when address or method are not those of any web request. */
export function toWebRequest(request: NodeRequest, signal: AbortSignal): Request | undefined {
  const raw = 'raw' in request ? request.raw : request
  const { method = 'GET' } = raw
  const hasBody = method !== 'GET' && method !== 'HEAD'
  try {
    const headers = headersOf(raw)
    const { body, isAsSent } = hasBody ? requestBody(raw, request.body) : noBody
    if (!isAsSent) for (const name of bodyHeaders) headers.delete(name)
    const init = { method, headers, signal, duplex: 'half', body }
    return new Request(urlOf(raw, request.originalUrl ?? raw.url ?? '/'), init)
  } catch {
    return undefined
  }
}

/** `rawHeaders` would miss what a middleware has set or taken off, and is empty in requests that no socket has brought. */
function headersOf(request: IncomingRequest): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    // HTTP/2 puts method and address among the headers.
    if (value === undefined || name.startsWith(':')) continue
    for (const one of [value].flat()) headers.append(name, byteString(one))
  }
  return headers
}

/** The text of an event may hold what no header can: a cookie that a script has set to `name=日本`. Node reads its bytes. */
function byteString(value: string): string {
  return /[\u0100-\uffff]/.test(value) ? Buffer.from(value).toString('latin1') : value
}

function urlOf(request: IncomingRequest, target: string): URL {
  const { headers } = request
  const origin = `${schemeOf(request)}://${headers[':authority'] ?? headers.host ?? 'localhost'}`
  // A path may start with two slashes, which alone would be read as a host.
  return target.startsWith('/') ? new URL(`${origin}${target}`) : new URL(target, origin)
}

function schemeOf({ headers, socket }: IncomingRequest): string {
  const scheme = headers[':scheme']
  if (scheme === 'https' || scheme === 'http') return scheme
  // A mocked request may have no socket.
  return socket && 'encrypted' in socket && socket.encrypted ? 'https' : 'http'
}
