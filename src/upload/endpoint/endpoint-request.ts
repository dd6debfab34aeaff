import type { OperationRequest, OperationResponses } from '../../protocol/operations.js'
import { parseErrorResponse, parseResponseOf, type ResponseSchema } from '../../protocol/parse.js'
import { anySignal } from '../any-signal.js'
import { EndpointError, isUploadError } from '../upload-error.js'
import type { OnUnauthorized } from './authorization.js'

/** Headers for the signing endpoint, or a function that is asked before every request. */
export type HeadersSource =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)

/** How to reach the signing endpoint. */
export interface SigningClientOptions {
  /** URL of the signing endpoint, absolute or relative to the page. */
  readonly endpoint: string
  /** Sent with every request to the endpoint, never to S3. */
  readonly headers?: HeadersSource | undefined
  /** Whether cookies go along. @default 'same-origin' */
  readonly credentials?: RequestCredentials | undefined
  /**
   * Called when the endpoint answers that nobody is signed in, once for all uploads that wait; when it resolves they go
   * on, when it rejects they fail as unauthorized.
   */
  readonly onUnauthorized?: OnUnauthorized | undefined
  /** @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** A request, and how its answer is read. Each caller brings its own schema, so that a page loads no others. */
export interface Question<Request extends OperationRequest> {
  readonly request: Request
  readonly schema: ResponseSchema<Request['operation']>
}

/** An endpoint that takes a request and does not answer for so long is as good as unreachable. */
const answerTimeoutMs = 60_000

/**
 * Sends one request of the protocol.
 *
 * Throws an `EndpointError` when it is refused as a whole or not answered in the protocol's terms.
 */
export async function requestEndpoint<Request extends OperationRequest>(
  options: SigningClientOptions,
  { request, schema }: Question<Request>,
  signal: AbortSignal,
): Promise<OperationResponses[Request['operation']]> {
  const { response, json } = await exchange(options, request, signal)
  if (!response.ok) throw refused(response, json)
  const parsed = parseResponseOf(schema, json)
  if (parsed.ok) return parsed.value
  throw foreign(response, { detail: `${parsed.field}: ${parsed.problem}` })
}

async function exchange(
  {
    endpoint,
    headers,
    credentials = 'same-origin',
    fetch = globalThis.fetch,
  }: SigningClientOptions,
  request: OperationRequest,
  signal: AbortSignal,
): Promise<{ response: Response; json: unknown }> {
  const extraHeaders = await resolveHeaders(headers)
  const patience = anySignal([signal], answerTimeoutMs)
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...extraHeaders, 'content-type': 'application/json' },
      credentials,
      body: JSON.stringify(request),
      signal: patience.signal,
    })
    const text = await response.text()
    return { response, json: parseJson(text, response) }
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof EndpointError) throw cause
    throw new EndpointError(
      `The signing endpoint ${endpoint} could not be reached, or did not answer in time. Check the internet connection; an endpoint on another origin also needs this page’s origin in its allowedOrigins, and in the page’s Content-Security-Policy (connect-src).`,
      { code: 'endpoint-unreachable', status: 0, retryable: true, cause },
    )
  } finally {
    patience.release()
  }
}

async function resolveHeaders(headers: HeadersSource | undefined) {
  try {
    return typeof headers === 'function' ? await headers() : headers
  } catch (cause) {
    if (isUploadError(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new EndpointError(
      `The headers for the signing endpoint could not be made: ${reason}. Check the internet connection and the headers option.`,
      { code: 'endpoint-unreachable', status: 0, retryable: true, cause },
    )
  }
}

function parseJson(text: string, response: Response): unknown {
  try {
    return JSON.parse(text)
  } catch {
    if (!response.ok) return undefined
    // JSON that breaks off was cut on the way; anything else comes from the wrong place.
    const isCut = response.headers.get('content-type')?.includes('json') ?? false
    throw foreign(response, { detail: 'the body is not JSON', retryable: isCut })
  }
}

function refused(response: Response, json: unknown): EndpointError {
  const parsed = parseErrorResponse(json)
  if (!parsed.ok) return foreign(response, { detail: 'no error code in the body' })
  const { error } = parsed.value
  return new EndpointError(error.message, { ...error, ...factsOf(response) })
}

const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429])

/** An answer that is not of the protocol: often a proxy's error page, or a wrong `endpoint`. */
function foreign(
  response: Response,
  { detail, retryable }: { detail: string; retryable?: boolean },
): EndpointError {
  const { status, url } = response
  return new EndpointError(
    `The signing endpoint ${url} answered with status ${status}, but not as the protocol says (${detail}). Check that \`endpoint\` leads to the signing handler.`,
    {
      code: 'endpoint-answer',
      retryable: retryable ?? (status >= 500 || transientStatuses.has(status)),
      ...factsOf(response),
    },
  )
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function factsOf({ status, headers }: Response) {
  const retryAfter = headers.get('retry-after')
  if (!retryAfter) return { status }
  const seconds = Number(retryAfter)
  const retryAfterSeconds = Number.isNaN(seconds)
    ? (Date.parse(retryAfter) - Date.now()) / 1000
    : seconds
  return { status, retryAfterSeconds: Math.max(retryAfterSeconds, 0) || undefined }
}
