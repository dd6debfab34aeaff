import { isGone, type NodeResponse, rawResponse, sendResponse } from './send-response.js'
import { type NodeRequest, toWebRequest } from './web-request.js'

/** Fits `createServer` of `node:http` and `node:http2`, and the routes of Express and Fastify. */
export type NodeListener = (request: NodeRequest, response: NodeResponse) => Promise<void>

/**
 * Lets a handler of standard requests answer those of Node's servers, of Express and of Fastify, over HTTP/1 and HTTP/2.
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
    const raw = rawResponse(response)
    const abort = new AbortController()
    const handleClose = () => abort.abort()
    raw.once('close', handleClose)
    // Perhaps while something in front of the listener was waiting.
    if (isGone(raw)) abort.abort()
    try {
      const webRequest = toWebRequest(request, abort.signal)
      const answer = webRequest ? await handler(webRequest) : new Response(null, { status: 400 })
      await sendResponse(answer, response)
    } catch (error) {
      // A rejected listener would end the process.
      console.error('s3-direct-upload: the handler failed.', error)
      await sendResponse(new Response(null, { status: 500 }), response)
    } finally {
      // Not every mocked response has `off`.
      raw.removeListener('close', handleClose)
    }
  }
}
