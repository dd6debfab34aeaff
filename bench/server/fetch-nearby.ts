import { Agent, request as httpRequest } from 'node:http'
import { Readable } from 'node:stream'

/**
 * The network of a server that stands beside the bucket: it names the host the browser uses, since signatures cover
 * it, and reaches the bucket without the line.
 */
export function createFetchNearby(port: number): (request: Request) => Promise<Response> {
  const agent = new Agent({ keepAlive: true })
  return async (request) => {
    const url = new URL(request.url)
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined
    return new Promise<Response>((resolve, reject) => {
      const outgoing = httpRequest(
        {
          agent,
          host: '127.0.0.1',
          port,
          path: `${url.pathname}${url.search}`,
          method: request.method,
          headers: {
            ...Object.fromEntries(request.headers),
            host: url.host,
            ...(body && { 'content-length': body.length }),
          },
          signal: request.signal,
        },
        (incoming) => {
          const { statusCode: status = 502, headers } = incoming
          const hasBody = request.method !== 'HEAD' && status !== 204 && status !== 304
          if (!hasBody) incoming.resume()
          // A body of Node, which is one of the web as well.
          const stream = hasBody ? (Readable.toWeb(incoming) as ReadableStream) : null
          resolve(new Response(stream, { status, headers: Object.entries(headers).flatMap(pairs) }))
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }
}

function pairs([name, value]: [string, string | string[] | undefined]): [string, string][] {
  return [value ?? []].flat().map((text) => [name, text])
}
