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
 * A body parser such as `express.json()` may have read the body before, but it refuses what is above its own limit,
 * 100 kB in Express, and a hundred tokens can be longer. So mount the handler before the parser, or raise the limit
 * to 1 MB. Headers of proxies (`X-Forwarded-Host` and the like) are not trusted: set `publicOrigin` on the signing
 * handler instead.
 *
 * @example
 * createServer(toNodeListener(handler)) // node:http
 * app.all('/api/s3', toNodeListener(handler)) // Express, before app.use(express.json())
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
      const webRequest = toWebRequest(request, abort.signal)
      const answer = webRequest ? await handler(webRequest) : new Response(null, { status: 400 })
      await send(answer, target)
    } catch (error) {
      // A rejected listener would end the process.
      console.error('s3-direct-upload: the handler failed.', error)
      if (isOpen(target)) target.writeHead(500).end()
    } finally {
      target.off('close', handleClose)
    }
  }
}

async function send(answer: Response, target: ServerResponse): Promise<void> {
  const body = new Uint8Array(await answer.arrayBuffer())
  if (!isOpen(target)) return
  target.statusCode = answer.status
  target.setHeaders(answer.headers)
  target.end(body)
}

/** Tells whether nobody else has answered, and the client is still there. */
function isOpen({ headersSent, writableEnded, destroyed }: ServerResponse): boolean {
  return !headersSent && !writableEnded && !destroyed
}
