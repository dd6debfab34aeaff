import { anySignal } from '../../async/any-signal.js'
import type { Runtime } from '../../async/runtime.js'
import type { OperationRequest, OperationResponses } from '../../protocol/operations.js'
import type { ResponseSchema } from '../../protocol/parse.js'
import { EndpointError, isUploadError } from '../errors/upload-error.js'
import { readEndpointAnswer } from './endpoint-answer.js'
import type { EndpointHistory } from './endpoint-history.js'
import { isRedirect, leadsElsewhere, unreachable } from './no-answer.js'
import type { OnUnauthorized } from './session-renewal.js'

/** Headers for the signing endpoint, or a function that is asked before every request. */
export type HeadersSource =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)

/** How to reach the signing endpoint. */
export interface SigningClientOptions {
  /** URL of your signing endpoint, absolute or relative to the page. */
  readonly endpoint: string
  /** Sent to the endpoint, never to S3: an object, or a function that is asked before every request. */
  readonly headers?: HeadersSource | undefined
  /** Whether cookies go to the endpoint. @default 'same-origin' */
  readonly credentials?: RequestCredentials | undefined
  /**
   * Called when the endpoint answers 401, or something else answers in its place, such as a login page: once for all
   * uploads that wait. When it resolves they continue, when it rejects they fail.
   */
  readonly onUnauthorized?: OnUnauthorized | undefined
  /** @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** Whether requests with these options may share one. */
export function isSameConnection(a: SigningClientOptions, b: SigningClientOptions): boolean {
  return (
    a.endpoint === b.endpoint &&
    a.credentials === b.credentials &&
    a.fetch === b.fetch &&
    isSameHeaders(a.headers, b.headers)
  )
}

function isSameHeaders(a: HeadersSource | undefined, b: HeadersSource | undefined): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b)
}

/** A request, and how its answer is read. Each caller brings its own schema, so that a page loads no others. */
export interface Question<Request extends OperationRequest> {
  readonly request: Request
  readonly schema: ResponseSchema<Request['operation']>
}

/** What ends a request, and what its endpoint did before. */
interface RequestScope {
  readonly signal: AbortSignal
  readonly history: EndpointHistory
  readonly runtime: Runtime
}

/** An endpoint that takes a request and does not answer for so long is as good as unreachable. */
const answerTimeoutMs = 60_000

/** Browsers let requests outlive a page as long as their bodies have 64 KiB together. */
const maxKeptBytes = 60_000

/**
 * Sends one request of the protocol.
 *
 * Throws an `EndpointError` when it is refused as a whole or not answered in the protocol's terms.
 */
export async function requestEndpoint<Request extends OperationRequest>(
  options: SigningClientOptions,
  { request, schema }: Question<Request>,
  scope: RequestScope,
): Promise<OperationResponses[Request['operation']]> {
  const { response, text } = await exchange(options, request, scope)
  return readEndpointAnswer({ response, text, ...scope }, schema)
}

async function exchange(
  options: SigningClientOptions,
  request: OperationRequest,
  { signal, history, runtime }: RequestScope,
): Promise<{ response: Response; text: string }> {
  const extraHeaders = await resolveHeaders(options.headers)
  const body = JSON.stringify(request)
  const patience = anySignal([signal], { timeoutMs: answerTimeoutMs, runtime })
  try {
    const response = await send(
      options,
      {
        method: 'POST',
        headers: { ...extraHeaders, 'content-type': 'application/json' },
        credentials: options.credentials ?? 'same-origin',
        body,
        // It may be sent by a page that is being left.
        ...(request.operation === 'abort-uploads' &&
          body.length < maxKeptBytes && { keepalive: true }),
        signal: patience.signal,
      },
      history,
    )
    return { response, text: await response.text() }
  } catch (cause) {
    signal.throwIfAborted()
    throw isUploadError(cause) ? cause : unreachable(options.endpoint, { cause, history, runtime })
  } finally {
    patience.release()
  }
}

/** Follows a redirect only where it is seen: a login page on another origin could not be told from a dead line. */
async function send(
  { endpoint, fetch = globalThis.fetch }: SigningClientOptions,
  init: RequestInit & { readonly signal: AbortSignal },
  history: EndpointHistory,
): Promise<Response> {
  if (history.isMoved) return await fetch(endpoint, init)
  const response = await fetch(endpoint, { ...init, redirect: 'manual' })
  if (!isRedirect(response)) return response
  try {
    return await fetch(endpoint, init)
  } catch (cause) {
    init.signal.throwIfAborted()
    throw leadsElsewhere(endpoint, cause)
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
