import { systemRuntime } from '../../async/runtime.js'
import { type BucketLocation, serverLocationOf } from '../../s3/bucket-location.js'
import { bucketUrl, objectUrl } from '../../s3/endpoint.js'
import { resolveCredentials } from '../../s3-client/credentials-source.js'
import { readAnyAnswer, type S3Answer } from '../../s3-client/s3-answer.js'
import { type S3Request, send } from '../../s3-client/send.js'
import type { Credentials } from '../../sigv4/credentials.js'
import type { Terminal } from '../command-line/terminal.js'
import type { BucketConfig } from './bucket-options.js'
import { askStorage } from './no-answer-error.js'

/** A request to a bucket or to one of its objects. */
export interface BucketRequest extends Pick<S3Request<S3Answer>, 'method' | 'headers' | 'body'> {
  /** Left out where the bucket itself is meant. */
  readonly key?: string
  readonly query?: Readonly<Record<string, string>>
}

/** A bucket, and requests to it that are sent once and whose refusals are answers. */
export interface Bucket {
  readonly location: BucketLocation
  readonly url: (key?: string, query?: BucketRequest['query']) => URL
  readonly credentials: () => Promise<Credentials>
  /** Sends a signed request. */
  readonly send: (request: BucketRequest) => Promise<S3Answer>
  /** Sends what a browser would send, without a signature of its own. */
  readonly sendUnsigned: (url: URL | string, init?: RequestInit) => Promise<S3Answer>
}

const timeoutMs = 30_000

/** Opens a bucket for a command. */
export function openBucket(
  { credentials: source, ...config }: BucketConfig,
  { fetch, now }: Pick<Terminal, 'fetch' | 'now'>,
): Bucket {
  const location = serverLocationOf(config)
  const credentials = () => resolveCredentials(source)
  const url: Bucket['url'] = (key, query = {}) => {
    const made = key === undefined ? bucketUrl(location) : objectUrl(location, key)
    made.search = new URLSearchParams(query).toString()
    return made
  }
  return {
    location,
    url,
    credentials,
    async send({ key, query, ...request }) {
      const target = url(key, query)
      const usable = await credentials()
      const connection = {
        location,
        fetch,
        now,
        runtime: systemRuntime,
        credentials: async () => usable,
      }
      const signal = AbortSignal.timeout(timeoutMs)
      const asked = { ...request, url: target, read: readAnyAnswer, retries: 0, signal }
      return askStorage(target, () => send(asked, connection))
    },
    async sendUnsigned(target, init = {}) {
      const signal = AbortSignal.timeout(timeoutMs)
      // A redirect means another region, which is worth an answer of its own.
      const request = new Request(target, { ...init, redirect: 'manual', signal })
      return askStorage(request.url, async () => readAnyAnswer(await fetch(request)))
    },
  }
}
