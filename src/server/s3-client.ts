import { type BucketLocation, objectUrl } from '../s3/endpoint.js'
import type { CredentialsSource } from '../sigv4/credentials.js'
import { signRequest } from '../sigv4/sign-request.js'
import { fetchCredentials } from './live-credentials.js'
import { once } from './once.js'
import { isSigningError } from './signing-error.js'
import { storageFailure, storageRefusal } from './storage-failure.js'

/** With what the server talks to S3. */
export interface S3ClientOptions {
  readonly location: BucketLocation
  readonly credentials: CredentialsSource
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => Date
  /** Waits before another try. @default a timer */
  readonly sleep?: (milliseconds: number) => Promise<void>
}

/** What S3 says about an object. */
export interface StoredObject {
  readonly size: number
  readonly contentType: string
  /** As S3 writes it, with its quotation marks. */
  readonly etag: string
  /** Where the bucket keeps versions. */
  readonly versionId: string | undefined
}

/** The few S3 requests that the server sends itself. */
export interface S3Client {
  /**
   * Looks at an object; `undefined` when none stands under the key.
   *
   * @throws SigningError `storage-error`, `storage-refused`, or `upload-not-found` where S3 does not say which.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
   */
  readonly headObject: (key: string) => Promise<StoredObject | undefined>
}

const maxAttempts = 3
const firstPauseMilliseconds = 200
const timeoutMilliseconds = 15_000

/** Creates a client of one bucket; it asks for the credentials once, so make one per request. */
export function createS3Client(given: S3ClientOptions): S3Client {
  const credentials = once(async () => {
    const live = await fetchCredentials(given.credentials, given.now())
    return live.credentials
  })
  const options = { sleep, ...given, credentials }
  return {
    async headObject(key) {
      const head = await send('HEAD', key, options)
      if (head.ok) return readStoredObject(head)
      if (head.status === 404) return undefined
      // An answer to HEAD has no body, so the reason must be asked for; and some servers refuse HEAD alone.
      const get = await send('GET', key, options)
      if (!get.ok) throw storageRefusal(head.status, await errorBody(get))
      await get.body?.cancel()
      return readStoredObject(get)
    },
  }
}

/** Tries again after pauses of random length, so that the requests of a batch do not all come back at once. */
async function send(
  method: string,
  key: string,
  options: Required<S3ClientOptions>,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    let failure: unknown
    try {
      const response = await sendOnce(method, key, options)
      if (!isTransient(response.status)) return response
      await response.body?.cancel()
      failure = new Error(`s3-direct-upload: S3 answered with HTTP status ${response.status}.`)
    } catch (error) {
      // Without credentials, there is nothing to try.
      if (isSigningError(error)) throw error
      failure = error
    }
    if (attempt === maxAttempts) throw storageFailure(failure)
    await options.sleep(Math.random() * firstPauseMilliseconds * 2 ** (attempt - 1))
  }
}

async function sendOnce(
  method: string,
  key: string,
  { location, credentials, fetch, now }: S3ClientOptions,
): Promise<Response> {
  const url = objectUrl(location, key)
  const ofOneByte: Record<string, string> = method === 'GET' ? { range: 'bytes=0-0' } : {}
  const headers = await signRequest(
    { method, url, headers: ofOneByte },
    { credentials, region: location.region, now: now() },
  )
  // A proxy that compresses would hide the object's size.
  headers['accept-encoding'] = 'identity'
  const signal = AbortSignal.timeout(timeoutMilliseconds)
  // A redirect means another region; following it would carry the signature to another host.
  return fetch(new Request(url, { method, headers, redirect: 'manual', signal }))
}

function isTransient(status: number): boolean {
  return status >= 500 || status === 429 || status === 408
}

function readStoredObject({ status, headers }: Response): StoredObject {
  const [, total] = /^bytes \d+-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? []
  const size = Number((status === 206 ? total : headers.get('content-length')) ?? Number.NaN)
  const etag = headers.get('etag')
  if (!Number.isSafeInteger(size) || etag === null) {
    throw storageFailure(
      new Error('s3-direct-upload: S3 described an object without its size or its ETag.'),
    )
  }
  return {
    size,
    etag,
    contentType: headers.get('content-type') ?? '',
    versionId: headers.get('x-amz-version-id') ?? undefined,
  }
}

function errorBody(response: Response): Promise<string> {
  return response.text().catch((cause: unknown) => {
    throw storageFailure(cause)
  })
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
