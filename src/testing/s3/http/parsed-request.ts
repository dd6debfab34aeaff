import { incompleteBody } from '../model/test-s3-error.js'
import { readChunks } from './body-chunks.js'
import { bucketAndKey } from './bucket-and-key.js'

/** What a `Request` does not tell, known to the server that received it. */
export interface FetchContext {
  /** The request's Origin, which scripts and service workers cannot see. @default the header of that name */
  readonly origin?: string
  /** The declared length of the body, `null` when none was declared. @default found out by reading the body */
  readonly contentLength?: number | null
  /** Path and query as they were sent, because a URL drops `..` segments. @default those of the URL */
  readonly requestTarget?: string
  /** Aborted when the client leaves. @default that of the request */
  readonly signal?: AbortSignal
}

/** A request taken apart, nothing of it verified. */
export interface ParsedRequest {
  readonly method: string
  readonly protocol: string
  readonly host: string
  /** As it was sent, with percent-encoding. */
  readonly rawPath: string
  /** As it was sent, without the question mark. */
  readonly rawQuery: string
  readonly query: ReadonlyMap<string, string>
  /** Names in lower case; also `host` and, where known, `content-length`. */
  readonly headers: ReadonlyMap<string, string>
  readonly bucket?: string
  readonly key?: string
  readonly origin?: string
  readonly contentLength?: number
  readonly body: AsyncIterable<Uint8Array>
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true })

/**
 * Takes a request apart into what S3 looks at.
 *
 * @throws TestS3Error `InvalidURI` or `KeyTooLongError` when its path names no possible object.
 */
export async function readRequest(
  request: Request,
  context: FetchContext,
  addressing: 'any' | 'path' = 'any',
): Promise<ParsedRequest> {
  const url = new URL(request.url)
  const target = context.requestTarget ?? `${url.pathname}${url.search}`
  const [rawPath = '', ...queryPieces] = target.split('?')
  const rawQuery = queryPieces.join('?')
  const body = await bodyOf(request, context)
  const headers = headersOf(request, url)
  if (body.length !== undefined) headers.set('content-length', String(body.length))
  return {
    method: request.method,
    protocol: url.protocol,
    host: url.host,
    rawPath,
    rawQuery,
    query: readQuery(rawQuery),
    headers,
    ...bucketAndKey(addressing === 'path' ? '' : url.hostname, rawPath),
    origin: context.origin ?? headers.get('origin'),
    contentLength: body.length,
    body: body.chunks,
  }
}

/** A header, or the query parameter a presigned URL carries in its place. */
export function headerOf(request: ParsedRequest, name: string): string | undefined {
  const value = request.headers.get(name)
  if (value !== undefined || !name.startsWith('x-amz-')) return value
  for (const [parameter, hoisted] of request.query) {
    if (parameter.toLowerCase() === name) return hoisted
  }
  return undefined
}

/** Every `x-amz-*` header, also those that a presigned URL carries in its query. */
export function amzHeadersOf(request: ParsedRequest): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const [name, value] of request.query) {
    if (/^x-amz-/i.test(name)) headers.set(name.toLowerCase(), value)
  }
  for (const [name, value] of request.headers) {
    if (name.startsWith('x-amz-')) headers.set(name, value)
  }
  return headers
}

function headersOf(request: Request, url: URL): Map<string, string> {
  const headers = new Map<string, string>()
  for (const [name, value] of request.headers) headers.set(name.toLowerCase(), utf8Header(value))
  headers.set('host', url.host)
  return headers
}

/** Header bytes arrive as Latin-1; AWS reads, and signs, them as UTF-8. */
function utf8Header(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins there.
  if (/^[\u0000-\u007f]*$/.test(value)) return value
  try {
    return strictDecoder.decode(Uint8Array.from(value, (character) => character.charCodeAt(0)))
  } catch {
    // Not UTF-8 after all.
    return value
  }
}

async function bodyOf(request: Request, { contentLength }: FetchContext) {
  const declared = contentLength ?? numberHeader(request.headers.get('content-length'))
  if (!request.body) return { length: declared ?? 0, chunks: readChunks(null) }
  if (declared !== undefined || contentLength === null) {
    return { length: declared, chunks: arrivingChunks(request.body) }
  }
  // A browser hides the length it is going to send, and a signature may cover it.
  const bytes = new Uint8Array(await request.arrayBuffer())
  return { length: bytes.length, chunks: onlyChunk(bytes) }
}

async function* onlyChunk(bytes: Uint8Array) {
  yield bytes
}

/** A body that breaks off is the sender's mistake, not ours. */
async function* arrivingChunks(body: ReadableStream<Uint8Array>) {
  try {
    yield* readChunks(body)
  } catch (cause) {
    throw incompleteBody(cause)
  }
}

function numberHeader(value: string | null): number | undefined {
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined
}

function readQuery(rawQuery: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    if (!query.has(name)) query.set(name, value)
  }
  return query
}
