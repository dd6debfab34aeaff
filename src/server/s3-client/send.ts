import { parseS3Error } from '../../s3/s3-error.js'
import { sha256, toHex } from '../../sigv4/crypto.js'
import { signRequest } from '../../sigv4/sign-request.js'
import { isSigningError } from '../errors/signing-error.js'
import { storageFailure } from '../storage/storage-errors.js'
import { type S3Connection, timeoutMilliseconds } from './s3-connection.js'

/** A request to S3, and how to read its answer. */
export interface S3Request<Answer> {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  readonly url: URL
  /** Each is signed; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** An XML document. */
  readonly body?: string
  /** What it throws counts as a lost answer, unless it is a `SigningError`. */
  readonly read: (response: Response) => Answer | Promise<Answer>
  /** @default 3 */
  readonly maxAttempts?: number
  /** Ends the request and all its tries. @default 15 s for each try */
  readonly signal?: AbortSignal
}

const firstPauseMilliseconds = 200

/**
 * Sends a request, again where S3 did not answer or was busy.
 *
 * @throws SigningError `storage-error` when the last try failed too.
 */
export async function send<Answer>(
  request: S3Request<Answer>,
  connection: S3Connection,
): Promise<Answer> {
  const { maxAttempts = 3, signal } = request
  for (let attempt = 1; ; attempt += 1) {
    let failure: unknown
    try {
      const response = await sendOnce(request, connection)
      if (!isTransient(response.status)) return await request.read(response)
      failure = await transientFailure(response)
    } catch (error) {
      // Without credentials, there is nothing to try.
      if (isSigningError(error)) throw error
      failure = error
    }
    if (attempt >= maxAttempts || signal?.aborted) throw storageFailure(failure)
    await connection.sleep(pauseAfter(attempt))
  }
}

/** How long to wait after a failed try: of random length, so that the requests of a batch do not all come back at once. */
export function pauseAfter(attempt: number): number {
  return Math.random() * firstPauseMilliseconds * 2 ** (attempt - 1)
}

async function sendOnce(
  { method, url, body, signal, ...request }: S3Request<unknown>,
  { location, credentials, fetch, now }: S3Connection,
): Promise<Response> {
  const headers = await signRequest(
    { method, url, headers: request.headers, payloadHash: payloadHash(body) },
    { credentials, region: location.region, now: now() },
  )
  // A proxy that compresses would hide the object's size.
  headers['accept-encoding'] = 'identity'
  const init = { method, headers, body, signal: signal ?? AbortSignal.timeout(timeoutMilliseconds) }
  // A redirect means another region; following it would carry the signature to another host.
  return fetch(new Request(url, { ...init, redirect: 'manual' }))
}

function payloadHash(body: string | undefined): string | undefined {
  return body === undefined ? undefined : toHex(sha256(body))
}

async function transientFailure(response: Response): Promise<Error> {
  const { code = '', message = '' } = parseS3Error(await response.text()) ?? {}
  const answer = `S3 answered with HTTP status ${response.status} ${code} ${message}`.trim()
  return new Error(`s3-direct-upload: ${answer}`)
}

function isTransient(status: number): boolean {
  // What is not implemented will not be a moment later.
  return (status >= 500 && status !== 501) || status === 429 || status === 408
}
