import type { Runtime } from '../async/runtime.js'
import type { Credentials } from '../sigv4/credentials.js'
import { sha256, toHex } from '../sigv4/crypto.js'
import { signRequest } from '../sigv4/sign-request.js'
import { NoCredentialsError } from './live-credentials.js'
import { requestTimeoutMs, type S3Connection } from './s3-connection.js'
import { S3RequestError, unanswered } from './s3-failure.js'

/** A request to S3, and how to read its answer. */
export interface S3Request<Answer> {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  readonly url: URL
  /** Each is signed; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** An XML document. */
  readonly body?: string
  /** What it throws counts as a lost answer, unless it is an {@link S3RequestError} of a refusal. */
  readonly read: (response: Response) => Answer | Promise<Answer>
  /** How many times the request is sent again where S3 did not answer or was busy. @default 2 */
  readonly retries?: number
  /** Ends the request and all its tries. @default 15 s for each try */
  readonly signal?: AbortSignal
}

const firstPauseMs = 200

const timeoutMessage = `S3 did not answer within ${requestTimeoutMs / 1000} s.`

/**
 * Sends a request, again where S3 did not answer or was busy.
 *
 * @throws S3RequestError when S3 refuses, or the last try failed too; NoCredentialsError when nothing can be signed.
 */
export async function send<Answer>(
  request: S3Request<Answer>,
  connection: S3Connection,
): Promise<Answer> {
  const { retries = 2, signal } = request
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendOnce(request, connection)
    } catch (error) {
      // Without credentials, there is nothing to try.
      if (error instanceof NoCredentialsError) throw error
      const failure = error instanceof S3RequestError ? error : unanswered(error)
      const isRefused = failure.operation !== undefined
      if (isRefused || attempt > retries || signal?.aborted) throw failure
    }
    await connection.runtime.sleep(pauseMsAfter(attempt, connection.runtime))
  }
}

/** How long to wait after a failed try: of random length, so that the requests of a batch do not all come back at once. */
export function pauseMsAfter(attempt: number, { random }: Pick<Runtime, 'random'>): number {
  return random() * firstPauseMs * 2 ** (attempt - 1)
}

async function sendOnce<Answer>(
  { read, signal, ...request }: S3Request<Answer>,
  connection: S3Connection,
): Promise<Answer> {
  // Browsers and workers refuse a `fetch` that is called as a method of something else.
  const { fetch, runtime } = connection
  const signing = { ...connection, credentials: await connection.credentials() }
  if (signal) return read(await fetch(signedRequest(request, signal, signing)))
  const timeout = new AbortController()
  const stopTimer = runtime.setTimer(
    () => timeout.abort(new DOMException(timeoutMessage, 'TimeoutError')),
    requestTimeoutMs,
  )
  try {
    return await read(await fetch(signedRequest(request, timeout.signal, signing)))
  } finally {
    stopTimer()
  }
}

/** What a request is signed with. */
interface Signing extends Pick<S3Connection, 'location' | 'now'> {
  readonly credentials: Credentials
}

function signedRequest(
  { method, url, body, headers: given }: Omit<S3Request<unknown>, 'read' | 'signal'>,
  signal: AbortSignal,
  { location, credentials, now }: Signing,
): Request {
  const headers = signRequest(
    { method, url, headers: given, payloadHash: payloadHash(body) },
    { credentials, region: location.region, now: now() },
  )
  // A proxy that compresses would hide the object's size.
  headers['accept-encoding'] = 'identity'
  // A redirect means another region; following it would carry the signature to another host.
  return new Request(url, { method, headers, body, signal, redirect: 'manual' })
}

function payloadHash(body: string | undefined): string | undefined {
  return body === undefined ? undefined : toHex(sha256(body))
}
