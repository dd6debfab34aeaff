import { errorCodes } from '../protocol/error-response.js'
import type {
  CompletedUpload,
  CompleteUploadsRequest,
  FileDescription,
  OperationName,
  OperationRequest,
  OperationResponses,
  PendingUpload,
  Refused,
  SignedUpload,
  SignUploadsRequest,
} from '../protocol/operations.js'
import { parseErrorResponse, parseResponse } from '../protocol/parse.js'
import { EndpointError } from './upload-error.js'

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
  /** @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** One method per operation of the protocol; each throws an `EndpointError` when it is refused as a whole. */
export interface SigningClient {
  /** Asks how to send files: one answer per file, in the same order. */
  signUploads(
    files: readonly FileDescription[],
    options: { attempt: number; signal: AbortSignal },
  ): Promise<readonly (SignedUpload | Refused)[]>
  /** Asks the server to look at stored files: one answer per token, in the same order. */
  completeUploads(
    tokens: readonly string[],
    options: { signal: AbortSignal },
  ): Promise<readonly (CompletedUpload | PendingUpload | Refused)[]>
}

/**
 * Creates a client for a signing endpoint.
 *
 * @example
 * const client = createSigningClient({ endpoint: '/api/s3' })
 */
export function createSigningClient(options: SigningClientOptions): SigningClient {
  return {
    async signUploads(files, { attempt, signal }) {
      const request: SignUploadsRequest = { operation: 'sign-uploads', files: [...files], attempt }
      const response = await send(options, request, signal)
      return inFull(response.files, files.length)
    },
    async completeUploads(tokens, { signal }) {
      const uploads = tokens.map((token) => ({ token }))
      const request: CompleteUploadsRequest = { operation: 'complete-uploads', uploads }
      const response = await send(options, request, signal)
      return inFull(response.uploads, tokens.length)
    },
  }
}

/** The endpoint's refusal of one item of a batch, as an error. */
export function refusalOf({ error }: Refused): EndpointError {
  const status =
    error.code in errorCodes ? errorCodes[error.code as keyof typeof errorCodes].status : 0
  return new EndpointError(error.message, { ...error, status })
}

async function send<Request extends OperationRequest>(
  {
    endpoint,
    headers,
    credentials = 'same-origin',
    fetch = globalThis.fetch,
  }: SigningClientOptions,
  request: Request,
  signal: AbortSignal,
): Promise<OperationResponses[Request['operation']]> {
  const extraHeaders = typeof headers === 'function' ? await headers() : headers
  let response: Response
  let json: unknown
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...extraHeaders, 'content-type': 'application/json' },
      credentials,
      body: JSON.stringify(request),
      signal,
    })
    json = await response.json().catch((error: unknown) => {
      if (error instanceof SyntaxError) return undefined
      throw error
    })
  } catch (cause) {
    signal.throwIfAborted()
    throw unreachable(endpoint, cause)
  }
  if (!response.ok) throw refused(response, json)
  const parsed = parseResponse<OperationName>(request.operation, json)
  // The parser chose the schema by this very operation.
  if (parsed.ok) return parsed.value as OperationResponses[Request['operation']]
  throw foreign(response, `${parsed.field}: ${parsed.problem}`)
}

function inFull<T>(answers: readonly T[], count: number): readonly T[] {
  if (answers.length === count) return answers
  throw new EndpointError(
    `The signing endpoint gave ${answers.length} answers for ${count} files. It must give one per file, in the same order.`,
    { code: 'endpoint-answer', status: 200, retryable: false },
  )
}

function refused(response: Response, json: unknown): EndpointError {
  const parsed = parseErrorResponse(json)
  if (!parsed.ok) return foreign(response, 'no error code in the body')
  const { status } = response
  const retryAfterSeconds = Number(response.headers.get('retry-after')) || undefined
  return new EndpointError(parsed.value.error.message, {
    ...parsed.value.error,
    status,
    retryAfterSeconds,
  })
}

function unreachable(endpoint: string, cause: unknown): EndpointError {
  return new EndpointError(
    `The signing endpoint ${endpoint} could not be reached. Check the internet connection.`,
    { code: 'endpoint-unreachable', status: 0, retryable: true, cause },
  )
}

/** An answer that is not of the protocol: often a proxy's error page, or a wrong `endpoint`. */
function foreign({ status, url }: Response, detail: string): EndpointError {
  return new EndpointError(
    `The signing endpoint ${url} answered with status ${status}, but not as the protocol says (${detail}). Check that \`endpoint\` leads to the signing handler.`,
    { code: 'endpoint-answer', status, retryable: status >= 500 || status === 429 },
  )
}
