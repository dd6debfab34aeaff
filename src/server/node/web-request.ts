import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream'

/** A request of `node:http` or Express, or Fastify's wrapper around one. */
export type NodeRequest = (IncomingMessage | { readonly raw: IncomingMessage }) & {
  /** What a body parser has made of the body. */
  readonly body?: unknown
  /** The path before a router cut off where it is mounted. */
  readonly originalUrl?: string
}

/** Describe a body as it was sent, which a parsed one no longer is. */
const bodyHeaders = ['content-length', 'content-encoding', 'transfer-encoding']

/** Makes a standard request of Node's; `undefined` when address or method are not those of any web request. */
export function toWebRequest(request: NodeRequest, signal: AbortSignal): Request | undefined {
  const raw = 'raw' in request ? request.raw : request
  const { method = 'GET' } = raw
  const headers = headersOf(raw)
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const isRead = raw.readableDidRead || raw.readableEnded || raw.destroyed
  if (isRead) for (const name of bodyHeaders) headers.delete(name)
  try {
    const body = isRead ? serialized(request.body) : streamOf(raw)
    const init = { method, headers, signal, duplex: 'half', body: hasBody ? body : null }
    return new Request(urlOf(raw, request.originalUrl ?? raw.url ?? '/'), init)
  } catch {
    return undefined
  }
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    // HTTP/2 puts method and address among the headers.
    if (!name.startsWith(':')) headers.append(name, rawHeaders[index + 1] ?? '')
  }
  return headers
}

function urlOf({ headers, socket }: IncomingMessage, target: string): URL {
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  const origin = `${scheme}://${headers.host ?? headers[':authority'] ?? 'localhost'}`
  // A path may start with two slashes, which alone would be read as a host.
  return target.startsWith('/') ? new URL(`${origin}${target}`) : new URL(target, origin)
}

function serialized(body: unknown): BodyInit | null {
  if (body === undefined || body === null) return null
  if (typeof body === 'string') return body
  // In a test runner's realm, a Buffer is no instance of its `Uint8Array`.
  if (!ArrayBuffer.isView(body)) return JSON.stringify(body)
  return Uint8Array.from(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))
}

/**
 * Unlike `Readable.toWeb`, a cancelled stream leaves the connection open, so that the refusal still arrives, and a
 * stream that nobody reads leaves the request untouched, so that Node discards the body after the answer.
 */
function streamOf(request: IncomingMessage): ReadableStream<Uint8Array> {
  let stopListening = () => {}
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      const handleData = (chunk: Uint8Array) => {
        controller.enqueue(new Uint8Array(chunk))
        request.pause()
      }
      const stopWaiting = finished(request, { writable: false }, (error) => {
        if (error) controller.error(error)
        else controller.close()
      })
      stopListening = () => {
        request.off('data', handleData)
        stopWaiting()
      }
      request.pause()
      request.on('data', handleData)
    },
    pull() {
      request.resume()
    },
    cancel() {
      stopListening()
      // Browsers read the answer only when their whole body is out.
      request.resume()
    },
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}
