import type { ConformanceLevel } from './conformance-levels.js'

/** Header fields by name. */
export type HeaderSet = Readonly<Record<string, string>>

/** Which of the two users sends a request; one of `nobody` has the headers of neither. */
export type Identity = 'user' | 'other-user' | 'nobody'

/** What the suite needs to know of a backend. */
export interface SubjectOptions {
  readonly url: string
  /** The levels it claims. */
  readonly levels: readonly ConformanceLevel[]
  /** What a request of a signed-in user carries, such as a cookie. */
  readonly headers: HeaderSet
  /** The same for another user; without it, what concerns two users is skipped. */
  readonly otherHeaders?: HeaderSet
  /** The origin of a page that may use the endpoint. */
  readonly origin?: string
  /** The name of the files that are sent. */
  readonly fileName: string
  /** Their media type. */
  readonly fileType: string
  /** The size of a file that the backend sends in parts. */
  readonly multipartSizeBytes: number
  readonly fetch: (request: Request) => Promise<Response>
  readonly signal: AbortSignal
}

/** A request to the endpoint, with what is unusual about it. */
interface EndpointRequest {
  /** JSON, or text that is sent as it is. */
  readonly body?: unknown
  readonly method?: string
  /** @default application/json */
  readonly contentType?: string
  readonly headers?: HeaderSet
  /** @default the user */
  readonly as?: Identity
}

/** What came back. */
export interface EndpointAnswer {
  readonly status: number
  readonly contentType: string
  /** Where a redirect leads, without its query. */
  readonly location: string | undefined
  readonly text: string
  /** `undefined` where it is no JSON. */
  readonly json: unknown
}

/** The backend under test. */
export interface Subject extends SubjectOptions {
  /** Sends a request to the endpoint. */
  ask(request: EndpointRequest): Promise<EndpointAnswer>
  /** Sends a request to the bucket. */
  askBucket(request: Request): Promise<Response>
}

const timeoutMs = 60_000

/** Opens a backend for the rules. */
export function createSubject(options: SubjectOptions): Subject {
  const { url, fetch, signal } = options
  const send = (request: Request) => {
    const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    return fetch(new Request(request, { signal: ended, redirect: 'manual' }))
  }
  return {
    ...options,
    async ask(request) {
      const response = await send(new Request(url, requestInit(request, options)))
      const text = await response.text()
      const contentType = response.headers.get('content-type') ?? ''
      const location = response.headers.get('location')?.replace(/[?#].*$/s, '')
      return { status: response.status, contentType, location, text, json: readJson(text) }
    },
    askBucket: send,
  }
}

function requestInit(
  {
    body,
    method = 'POST',
    contentType = 'application/json',
    headers,
    as = 'user',
  }: EndpointRequest,
  options: SubjectOptions,
): RequestInit {
  const identity = { user: options.headers, 'other-user': options.otherHeaders, nobody: {} }[as]
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': contentType }),
      ...(options.origin !== undefined && { origin: options.origin }),
      ...identity,
      ...headers,
    },
    ...(body !== undefined && { body: text }),
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
