import { type BucketLocation, serverLocationOf } from '../../s3/bucket-location.js'
import { bucketUrl, objectUrl } from '../../s3/endpoint.js'
import { resolveCredentials } from '../../s3-client/credentials-source.js'
import type { Credentials } from '../../sigv4/credentials.js'
import { sha256, toHex } from '../../sigv4/crypto.js'
import { signRequest } from '../../sigv4/sign-request.js'
import type { Terminal } from '../command-line/terminal.js'
import { type Answer, readAnswer } from './answer.js'
import type { BucketConfig } from './bucket-options.js'
import { askStorage } from './no-answer-error.js'

/** A request to a bucket or to one of its objects. */
export interface BucketRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  /** Left out where the bucket itself is meant. */
  readonly key?: string
  readonly query?: Readonly<Record<string, string>>
  /** Each is signed; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A bucket, and requests to it that are sent once and whose refusals are answers. */
export interface Bucket {
  readonly location: BucketLocation
  readonly url: (key?: string, query?: BucketRequest['query']) => URL
  readonly credentials: () => Promise<Credentials>
  /** Sends a signed request. */
  readonly send: (request: BucketRequest) => Promise<Answer>
  /** Sends what a browser would send, without a signature of its own. */
  readonly sendUnsigned: (url: URL | string, init?: RequestInit) => Promise<Answer>
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
  const sendUnsigned: Bucket['sendUnsigned'] = async (target, init = {}) => {
    const signal = AbortSignal.timeout(timeoutMs)
    // A redirect means another region, which is worth an answer of its own.
    const request = new Request(target, { ...init, redirect: 'manual', signal })
    return askStorage(request, async () => readAnswer(await fetch(request)))
  }
  return {
    location,
    url,
    credentials,
    sendUnsigned,
    async send({ method, key, query, headers, body }) {
      const target = url(key, query)
      const payloadHash = toHex(sha256(body ?? ''))
      const signed = signRequest(
        { method, url: target, headers, payloadHash },
        { credentials: await credentials(), region: location.region, now: now() },
      )
      return sendUnsigned(target, { method, headers: signed, body })
    },
  }
}
