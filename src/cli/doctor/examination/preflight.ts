import { isSuccess, type S3Answer } from '../../../s3-client/s3-answer.js'
import type { Bucket } from '../../bucket/bucket.js'
import { isForeign } from '../../bucket/judge-answer.js'

/** What a browser asks before it lets a page send something. */
interface PreflightQuestion {
  readonly url: URL
  readonly origin: string
  readonly method: string
  /** Names in lower case. */
  readonly headers?: readonly string[]
}

/** What the bucket answered, seen as a browser sees it. */
export interface PreflightAnswer {
  readonly isAllowed: boolean
  /** How long the browser may remember it; `undefined` when that was not said. */
  readonly maxAgeSeconds: number | undefined
  /** What was answered in the place of the storage; `undefined` where the storage itself has answered. */
  readonly foreign: S3Answer | undefined
}

/** Methods that need not be listed in an answer. */
const alwaysAllowed = ['GET', 'HEAD', 'POST']

/**
 * Sends a preflight and judges the answer as a browser does.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export async function askPreflight(
  bucket: Bucket,
  { url, origin, method, headers = [] }: PreflightQuestion,
): Promise<PreflightAnswer> {
  const answer = await bucket.sendUnsigned(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      ...(headers.length > 0 && { 'access-control-request-headers': headers.join(',') }),
    },
  })
  const allows = (name: string) => listOf(answer.headers.get(`access-control-allow-${name}`))
  const [allowedOrigin] = allows('origin')
  const methods = [...allows('methods'), ...alwaysAllowed.map((text) => text.toLowerCase())]
  const allowedHeaders = allows('headers')
  const maxAge = answer.headers.get('access-control-max-age')
  return {
    isAllowed:
      isSuccess(answer) &&
      (allowedOrigin === '*' || allowedOrigin === origin) &&
      (methods.includes('*') || methods.includes(method.toLowerCase())) &&
      (allowedHeaders.includes('*') || headers.every((name) => allowedHeaders.includes(name))),
    maxAgeSeconds: maxAge === null ? undefined : Number(maxAge),
    foreign: isForeign(answer) ? answer : undefined,
  }
}

function listOf(value: string | null): readonly string[] {
  return (value ?? '').split(',').map((text) => text.trim().toLowerCase())
}
