import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Runtime } from '../../../async/runtime.js'
import type { TestS3 } from '../../s3/test-s3.js'
import { clientSignal } from './client-signal.js'
import { type RequestSource, requestSource } from './request-source.js'

/** A request of `node:http` and the answer to it. */
interface HttpExchange {
  readonly message: IncomingMessage
  readonly response: ServerResponse
  /** Whether the client waits for a word before it sends the body. */
  readonly expectsContinue: boolean
}

/** Answers a request of `node:http`. */
export async function answerOverHttp(
  { s3, setTimer }: { readonly s3: TestS3; readonly setTimer: Runtime['setTimer'] },
  { message, response, expectsContinue }: HttpExchange,
): Promise<void> {
  let isContinued = !expectsContinue
  const onFirstRead = () => {
    if (!isContinued) response.writeContinue()
    isContinued = true
  }
  const source = requestSource(message, { onFirstRead, setTimer })
  const request = readRequest(message, source)
  if (!request) {
    response.writeHead(400, { connection: 'close' }).end()
    return
  }
  const signal = clientSignal(message, response)
  const answer = await s3.fetch(request, {
    origin: message.headers.origin,
    contentLength: declaredLength(message),
    requestTarget: requestTarget(message),
    signal,
  })
  const hasMore = !message.complete
  if (hasMore) answer.headers.set('connection', 'close')
  response.writeHead(answer.status, [...answer.headers].flat())
  await sendBody(answer, response, signal)
  // A browser that is still sending sees the answer only if the connection stays open meanwhile.
  if (hasMore && isContinued && !signal.aborted) await source.drain()
  response.end()
}

function readRequest(message: IncomingMessage, { stream }: RequestSource): Request | undefined {
  const method = message.method ?? 'GET'
  const headers = new Headers()
  const { rawHeaders } = message
  try {
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
    }
    const target = requestTarget(message)
    const origin = `http://${message.headers.host}`
    // A key may start with a slash; behind that of the path, it alone would be read as the start of a host.
    const url = target.startsWith('/') ? new URL(`${origin}${target}`) : new URL(target, origin)
    const hasBody = method !== 'GET' && method !== 'HEAD'
    // Node streams a request's body in this mode only.
    const init = { method, headers, ...(hasBody && { body: stream, duplex: 'half' }) }
    return new Request(url, init)
  } catch {
    // The Fetch standard has no such method, header or URL, and neither has S3.
    return undefined
  }
}

/** Path and query, also of a request that was sent as if to a proxy. */
function requestTarget({ url = '/' }: IncomingMessage): string {
  return url.replace(/^https?:\/\/[^/]*/, '') || '/'
}

function declaredLength({ headers }: IncomingMessage): number | null {
  const length = headers['content-length']
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : null
}

async function sendBody(
  { body }: Response,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  response.flushHeaders()
  if (!body) return
  const reader = body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (!response.write(next.value)) await writable(response, signal)
    if (signal.aborted) {
      await reader.cancel()
      return
    }
  }
}

/** Waits until more can be written, or the client has gone. */
function writable(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle)
      signal.removeEventListener('abort', settle)
      resolve()
    }
    if (signal.aborted) resolve()
    response.on('drain', settle)
    signal.addEventListener('abort', settle)
  })
}
