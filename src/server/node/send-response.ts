import type { ServerResponse } from 'node:http'
import type { Http2ServerResponse } from 'node:http2'
import { finished } from 'node:stream/promises'

/** A response of Node's own servers: of `node:http`, `node:https` or `node:http2`. */
type OutgoingResponse = ServerResponse | Http2ServerResponse

/** Fastify's wrapper around a response. It keeps what hooks and plugins have set, and runs those that are yet to come. */
interface FastifyReply {
  readonly raw: OutgoingResponse
  code(status: number): unknown
  header(name: string, value: string): unknown
  send(payload?: Uint8Array): unknown
}

/** A response of Node's servers or of Express, or Fastify's wrapper around one. */
export type NodeResponse = OutgoingResponse | FastifyReply

/** Sends an answer, unless there is an answer already or the client is gone. Its headers win over those set before. */
export async function sendResponse(answer: Response, response: NodeResponse): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer())
  if (!isOpen(rawResponse(response))) return
  if ('raw' in response) await sendReply(answer, body, response)
  else send(answer, body, response)
}

/** The response of Node's server itself. */
export function rawResponse(response: NodeResponse): OutgoingResponse {
  return 'raw' in response ? response.raw : response
}

function send(answer: Response, body: Buffer, response: OutgoingResponse): void {
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie') response.appendHeader(name, value)
    else response.setHeader(name, value)
  }
  response.end(body)
}

async function sendReply(answer: Response, body: Buffer, reply: FastifyReply): Promise<void> {
  reply.code(answer.status)
  // Fastify itself appends cookies.
  for (const [name, value] of answer.headers) reply.header(name, value)
  reply.send(body.length === 0 ? undefined : body)
  // Fastify sends once more when a handler returns before asynchronous hooks have ended.
  await finished(reply.raw).catch(() => {})
}

function isOpen(response: OutgoingResponse): boolean {
  const { headersSent, writableEnded } = response
  return !headersSent && !writableEnded && !isGone(response)
}

/** Tells whether the client has gone; one of HTTP/2 knows it of its stream alone. */
export function isGone(response: OutgoingResponse): boolean {
  return response.destroyed || ('stream' in response && response.stream.destroyed)
}
