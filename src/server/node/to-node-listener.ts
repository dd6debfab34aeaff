import type { ServerResponse } from 'node:http'
import { type NodeRequest, toWebRequest } from './web-request.js'

/** A response of `node:http` or Express, or Fastify's wrapper around one. */
export type NodeResponse =
  | ServerResponse
  | { readonly raw: ServerResponse; readonly hijack: () => unknown }

/** Fits `createServer` of `node:http`, and the routes of Express and Fastify. */
export type NodeListener = (request: NodeRequest, response: NodeResponse) => Promise<void>

/**
 * Lets a handler of standard requests answer those of Node's HTTP server, of Express and of Fastify.
 *
 * It makes no difference whether a body parser such as `express.json()` has read the body before. Headers of
 * proxies (`X-Forwarded-Host` and the like) are not trusted: set `publicOrigin` on the signing handler instead.
 *
 * @example
 * createServer(toNodeListener(handler)) // node:http
 * app.all('/api/s3', toNodeListener(handler)) // Express
 * fastify.all('/api/s3', toNodeListener(handler)) // Fastify
 */
export function toNodeListener(handler: (request: Request) => Promise<Response>): NodeListener {
  return async (request, response) => {
    // Fastify must not answer as well.
    if ('hijack' in response) response.hijack()
    const target = 'raw' in response ? response.raw : response
    const abort = new AbortController()
    const handleClose = () => abort.abort()
    target.once('close', handleClose)
    try {
      await send(await answer(request, { handler, signal: abort.signal }), target)
    } finally {
      target.off('close', handleClose)
    }
  }
}

async function answer(
  request: NodeRequest,
  {
    handler,
    signal,
  }: { handler: (request: Request) => Promise<Response>; readonly signal: AbortSignal },
): Promise<Response> {
  const webRequest = toWebRequest(request, signal)
  if (webRequest === undefined) return new Response(null, { status: 400 })
  try {
    return await handler(webRequest)
  } catch (error) {
    // A rejected listener would end the process.
    console.error('s3-direct-upload: the handler failed.', error)
    return new Response(null, { status: 500 })
  }
}

async function send(response: Response, target: ServerResponse): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer())
  if (target.destroyed) return
  target.statusCode = response.status
  target.setHeaders(response.headers)
  target.end(body)
}
