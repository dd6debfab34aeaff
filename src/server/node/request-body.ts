import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { finished, type Readable } from 'node:stream'
import { BodyLimitError, BodyReadError } from '../http/lost-body.js'

/** A request of Node's own servers: of `node:http`, `node:https` or `node:http2`. */
export type IncomingRequest = IncomingMessage | Http2ServerRequest

/** `BodyInit`, which the types of Node do not have. */
type Body = NonNullable<RequestInit['body']>

/** The body of a request, and whether the headers that describe it still hold. */
export interface RequestBody {
  readonly body: Body | null
  readonly isAsSent: boolean
}

/** Body parsers give up at this length, 100 kB, or later. */
const minParserLimitBytes = 102_400

/** Takes what a parser has made of the body, or else the body from the connection. */
export function requestBody(request: IncomingRequest, parsed: unknown): RequestBody {
  if (isMade(parsed)) return { body: serialized(parsed), isAsSent: false }
  if (isUntouched(request)) return { body: streamOf(request), isAsSent: true }
  return { body: isLost(request, parsed) ? lostBody(request) : serialized(parsed), isAsSent: false }
}

/** Some parsers leave an empty object where they have read nothing. */
function isMade(parsed: unknown): boolean {
  if (parsed === undefined || parsed === null || parsed === '') return false
  return typeof parsed !== 'object' || ArrayBuffer.isView(parsed) || Object.keys(parsed).length > 0
}

/** A mocked request need not be a stream. */
function isUntouched(request: IncomingRequest): boolean {
  const { readableDidRead, readableEnded, destroyed } = request
  return 'resume' in request && !readableDidRead && !readableEnded && !destroyed
}

/** Another has read the body and kept nothing of it. Where the client has gone, it does not matter. */
function isLost({ headers, readableEnded, destroyed }: IncomingRequest, parsed: unknown): boolean {
  const isAnnounced = Number(headers['content-length']) > 0 || 'transfer-encoding' in headers
  return parsed === undefined && isAnnounced && (readableEnded || !destroyed)
}

/** A long body was probably above the limit of the one that read it. */
function lostBody({ headers, readableEnded }: IncomingRequest): Body {
  const isLong = !readableEnded || Number(headers['content-length']) > minParserLimitBytes
  const error = isLong ? new BodyLimitError() : new BodyReadError()
  return new ReadableStream({ start: (controller) => controller.error(error) })
}

function serialized(body: unknown): Body | null {
  if (body === undefined || body === null) return null
  if (typeof body === 'string') return body
  // In a test runner's realm, a Buffer is no instance of its `Uint8Array`.
  if (!ArrayBuffer.isView(body)) return JSON.stringify(body)
  return Uint8Array.from(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))
}

/**
 * Unlike `Readable.toWeb`, a cancelled stream leaves the connection open, so that the refusal still arrives, and a
 * stream that is not read leaves the request untouched, so that Node discards the body after the answer.
 */
function streamOf(request: IncomingRequest): ReadableStream<Uint8Array> {
  let stopListening = () => {}
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      const handleData = (chunk: Uint8Array | string) => {
        controller.enqueue(bytesOf(chunk, request))
        request.pause()
      }
      // One of HTTP/2 is a `Readable` too; its declaration differs in `read` alone.
      const stopWaiting = finished(request as Readable, { writable: false }, (error) => {
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

/** A middleware may have set an encoding, and then the chunks are texts. */
function bytesOf(chunk: Uint8Array | string, { readableEncoding }: IncomingRequest): Uint8Array {
  if (typeof chunk !== 'string') return new Uint8Array(chunk)
  return new Uint8Array(Buffer.from(chunk, readableEncoding ?? 'utf8'))
}
