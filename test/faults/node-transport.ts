import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import {
  type HttpTransport,
  NetworkError,
  type TransportRequest,
  type TransportResponse,
} from 's3-direct-upload/uppy'

const chunkBytes = 64 * 1024
const stallTimeoutMs = 30_000

/** Sends over HTTP as a page of `origin` would: with progress, a stall timer, and answers that CORS hides. */
export function createNodeTransport(origin: string): HttpTransport {
  return {
    async send(asked) {
      asked.signal.throwIfAborted()
      // Makes a form into the bytes that a browser would send.
      const { headers, body } = new Request('http://form', {
        method: 'POST',
        body: asked.body,
      })
      const bytes = new Uint8Array(await new Response(body).arrayBuffer())
      asked.signal.throwIfAborted()
      const sent: Record<string, string> = { ...asked.headers, origin }
      if (asked.body instanceof FormData) sent['content-type'] = headers.get('content-type') ?? ''
      return exchange(asked, bytes, sent)
    },
  }
}

function exchange(
  { method, url, signal, onProgress }: TransportRequest,
  bytes: Uint8Array,
  headers: Record<string, string>,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      headers: { ...headers, 'content-length': bytes.byteLength },
      timeout: stallTimeoutMs,
    })
    const settle = (finish: () => void) => {
      signal.removeEventListener('abort', handleAbort)
      outgoing.destroy()
      finish()
    }
    const handleAbort = () => settle(() => reject(signal.reason))
    signal.addEventListener('abort', handleAbort)
    outgoing.on('timeout', () => settle(() => reject(noAnswer('stalled'))))
    outgoing.on('error', () => settle(() => reject(noAnswer('network'))))
    outgoing.on('response', (incoming) => {
      readAnswer(incoming).then(
        (answer) => settle(() => resolve(answer)),
        () => settle(() => reject(noAnswer('network'))),
      )
    })
    void write(outgoing, bytes, onProgress)
  })
}

async function write(
  outgoing: ClientRequest,
  bytes: Uint8Array,
  onProgress: TransportRequest['onProgress'],
): Promise<void> {
  for (let start = 0; start < bytes.length && !outgoing.destroyed; start += chunkBytes) {
    const chunk = bytes.subarray(start, start + chunkBytes)
    await new Promise((resolve) => outgoing.write(chunk, resolve))
    if (!outgoing.destroyed) onProgress(start + chunk.length, bytes.length)
  }
  outgoing.end()
}

async function readAnswer(incoming: IncomingMessage): Promise<TransportResponse> {
  const body = await text(incoming)
  if (!incoming.headers['access-control-allow-origin']) throw new Error('CORS hides the answer.')
  return { status: incoming.statusCode ?? 0, body }
}

function noAnswer(code: 'network' | 'stalled'): NetworkError {
  return new NetworkError('No answer came from the storage.', { code })
}
