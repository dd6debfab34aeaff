import { type BucketLocation, objectUrl } from '../s3/endpoint.js'
import { type CredentialsSource, resolveCredentials } from '../sigv4/credentials.js'
import { signRequest } from '../sigv4/sign-request.js'
import { once } from './once.js'
import { storageFailure, storageRefusal } from './storage-failure.js'

/** With what the server talks to S3. */
export interface S3ClientOptions {
  readonly location: BucketLocation
  readonly credentials: CredentialsSource
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => Date
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

const maxAttempts = 2
const timeoutMilliseconds = 15_000

/** Creates a client of one bucket; it asks for the credentials once, so make one per request. */
export function createS3Client({ credentials, ...rest }: S3ClientOptions): S3Client {
  const options = { ...rest, credentials: once(() => resolveCredentials(credentials)) }
  return {
    async headObject(key) {
      const head = await send('HEAD', key, options)
      if (head.ok) return readStoredObject(head.headers)
      if (head.status === 404) return undefined
      // An answer to HEAD has no body, so the reason must be asked for.
      const get = await send('GET', key, options)
      throw storageRefusal(head.status, await errorBody(get))
    },
  }
}

async function send(method: string, key: string, options: S3ClientOptions): Promise<Response> {
  let failure: unknown
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    try {
      const response = await sendOnce(method, key, options)
      if (!isTransient(response.status)) return response
      await response.body?.cancel()
      failure = new Error(`s3-direct-upload: S3 answered with HTTP status ${response.status}.`)
    } catch (error) {
      failure = error
    }
  }
  throw storageFailure(failure)
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

function readStoredObject(headers: Headers): StoredObject {
  const size = Number(headers.get('content-length') ?? Number.NaN)
  const etag = headers.get('etag')
  if (!Number.isSafeInteger(size) || etag === null) {
    throw storageFailure(
      new Error('s3-direct-upload: S3 described an object without Content-Length or ETag.'),
    )
  }
  return {
    size,
    etag,
    contentType: headers.get('content-type') ?? '',
    versionId: headers.get('x-amz-version-id') ?? undefined,
  }
}

async function errorBody(response: Response): Promise<string> {
  if (!response.ok) return response.text()
  await response.body?.cancel()
  return ''
}
