import type { Runtime } from '../../async/runtime.js'
import { withTimeout } from '../../async/with-timeout.js'
import { httpStatusOf } from '../errors/http-status.js'
import { misconfigured, packageRefusal, type SigningError } from '../errors/signing-error.js'
import { BodyLimitError, BodyReadError } from './lost-body.js'

/** The most bytes of a request body that are read: room for 100 files with all their metadata. */
export const maxBodyBytes = 1_048_576

/** How long a body may take to arrive. */
const bodyTimeoutMs = 60_000

type Timers = Pick<Runtime, 'setTimer'>
type BodyReader = ReadableStreamDefaultReader<Uint8Array>

/**
 * Reads a request's JSON body, at most {@link maxBodyBytes} of it.
 *
 * @throws SigningError `unsupported-media-type`, `request-too-large`, `request-timeout`, `invalid-request` or
 * `misconfigured`.
 */
export async function readJsonBody(request: Request, runtime: Timers): Promise<unknown> {
  const text = decode(await readBytes(request, runtime))
  try {
    return JSON.parse(text)
  } catch {
    throw packageRefusal(
      'invalid-request',
      'body: is not valid JSON. Send the JSON of one operation.',
    )
  }
}

/** Refuses every content type but JSON; a form of another site cannot send that one unasked. */
export function requireJsonContentType(request: Request): void {
  const [essence = ''] = (request.headers.get('content-type') ?? '').split(';', 1)
  if (essence.trim().toLowerCase() === 'application/json') return
  throw packageRefusal(
    'unsupported-media-type',
    'the content type must be application/json, so that no form of another site can send this request. Set it.',
  )
}

async function readBytes(request: Request, runtime: Timers): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw misconfigured(new BodyReadError())
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge()
  if (request.body === null) return new Uint8Array()
  const reader = request.body.getReader()
  const bytes = await withTimeout(readCapped(reader), bodyTimeoutMs, runtime)
  if (bytes !== undefined) return bytes
  discard(reader)
  const seconds = bodyTimeoutMs / 1000
  throw packageRefusal(
    'request-timeout',
    `the request did not arrive within ${seconds} seconds. Send it again; where that happens often, look at what stands in front of the server.`,
  )
}

async function readCapped(reader: BodyReader): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  while (true) {
    const { done, value } = await reader.read().catch(refuseBody)
    if (done) return joined(chunks, size)
    size += value.length
    if (size > maxBodyBytes) {
      discard(reader)
      throw tooLarge()
    }
    chunks.push(value)
  }
}

/** The answer neither waits for the rest of a body, nor changes if that breaks off. */
function discard(reader: BodyReader): void {
  reader.cancel().catch(() => {})
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw packageRefusal('invalid-request', 'body: is not valid UTF-8. Send JSON in UTF-8.')
  }
}

/** Refuses a body that broke off: because it was read before, by a limit of the framework, or as the client went away. */
function refuseBody(error: unknown): never {
  if (error instanceof BodyReadError) throw misconfigured(error)
  if (error instanceof BodyLimitError) throw aboveLimit(error)
  if (isLimit(error)) throw aboveLimit(new BodyLimitError({ cause: error }))
  throw packageRefusal('invalid-request', 'body: broke off before its end. Send it again.')
}

/** Hono has an error without status. */
function isLimit(error: unknown): boolean {
  return httpStatusOf(error) === 413 || (error instanceof Error && error.name === 'BodyLimitError')
}

/** Clients then send fewer files at once. */
function aboveLimit(cause: BodyLimitError): SigningError {
  const message =
    'the request body is longer than the server accepts. Send fewer files in one request.'
  return packageRefusal('request-too-large', message, { cause })
}

function tooLarge(): SigningError {
  return packageRefusal(
    'request-too-large',
    `the request body is longer than ${maxBodyBytes} bytes. Send fewer files in one request.`,
  )
}
