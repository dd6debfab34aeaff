import { type HttpHandler, HttpResponse, http } from 'msw'
import type { RequestAnswerer } from './test-transport.js'

/** What the handlers stand for. */
export interface S3HandlersOptions {
  /** The test S3 that keeps the objects. */
  readonly s3: RequestAnswerer
  /** The endpoint that the signing handler signs for, such as `https://s3.test`. */
  readonly s3Url: string
  /** The signing handler, set up as in your app, with `fetch: s3.fetch`. */
  readonly handler: (request: Request) => Promise<Response>
  /** Where your app mounts it. @default '/api/s3' */
  readonly endpoint?: string
}

/**
 * Creates MSW handlers for a signing endpoint and its bucket, with real signatures on both sides.
 *
 * @example
 * const s3 = createTestS3({ buckets: ['uploads'], credentials })
 * const handler = createSigningHandler({ ...options, endpoint: 'https://s3.test', fetch: s3.fetch })
 * setupServer(...s3Handlers({ s3, s3Url: 'https://s3.test', handler }))
 */
export function s3Handlers({
  s3,
  s3Url,
  handler,
  endpoint = '/api/s3',
}: S3HandlersOptions): HttpHandler[] {
  return [
    http.all(endpoint, ({ request }) => handler(request)),
    http.all(`${s3Url.replace(/\/$/, '')}/*`, ({ request }) =>
      s3.fetch(request).catch(answerAsBroken),
    ),
  ]
}

/** To MSW an error that is thrown is a mistake of the handler, and not a connection that breaks. */
function answerAsBroken(cause: unknown): Response {
  // By name: in jsdom, what Node throws is not an instance of the window's classes.
  const { name } = cause as Error
  if (name === 'TypeError' || name === 'AbortError') return HttpResponse.error()
  throw cause
}
