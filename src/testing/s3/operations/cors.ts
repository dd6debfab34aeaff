import type { ParsedRequest } from '../http/parsed-request.js'
import { emptyResponse, type HeaderValues } from '../http/s3-response.js'
import type { CorsRule } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { FormCall, ServiceCall } from './operation-call.js'

/** What a browser says about the page that makes a request. */
interface CorsQuestion {
  readonly origin: string
  readonly method: string
  /** The headers a preflight asks for, in lower case. */
  readonly headers: readonly string[]
}

const vary = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method'

/**
 * Answers a browser's preflight.
 *
 * @throws TestS3Error `AccessForbidden` when no rule of the bucket fits.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function answerPreflight({ setup, request }: ServiceCall): Response {
  const question = readQuestion(request)
  const bucket = setup.catalog.bucket(request.bucket ?? '')
  if (!bucket) throw forbidden('Bucket not found', question)
  const { cors } = bucket.record
  if (!cors) throw forbidden('CORS is not enabled for this bucket.', question)
  const rule = findCorsRule(cors, question)
  if (!rule) {
    throw forbidden(
      "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      question,
    )
  }
  const { headers } = question
  return emptyResponse(200, {
    ...ruleHeaders(rule, question.origin),
    'access-control-allow-headers': headers.length > 0 ? headers.join(', ') : undefined,
    'access-control-max-age': rule.maxAgeSeconds,
  })
}

/** The headers that let a page's script read the answer; none when no rule of the bucket fits. */
export function bucketCorsHeaders({ request, bucket }: Omit<FormCall, 'setup'>): HeaderValues {
  const { origin, method } = request
  if (origin === undefined) return {}
  const rule = findCorsRule(bucket.record.cors ?? [], { origin, method, headers: [] })
  return rule ? ruleHeaders(rule, origin) : {}
}

/** Finds the first rule that allows origin, method and every header at once. */
export function findCorsRule(
  rules: readonly CorsRule[],
  { origin, method, headers }: CorsQuestion,
): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedMethods.includes(method) &&
      rule.allowedOrigins.some((pattern) => matchesPattern(pattern, origin)) &&
      headers.every((header) =>
        rule.allowedHeaders?.some((pattern) => matchesPattern(pattern.toLowerCase(), header)),
      ),
  )
}

function ruleHeaders(rule: CorsRule, origin: string): HeaderValues {
  const isForAll = rule.allowedOrigins.includes('*')
  return {
    'access-control-allow-origin': isForAll ? '*' : origin,
    'access-control-allow-credentials': isForAll ? undefined : 'true',
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    'access-control-expose-headers': rule.exposeHeaders?.join(', ') || undefined,
    vary,
  }
}

/** One `*` stands for any text. */
function matchesPattern(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*')
  if (star < 0) return pattern === text
  const start = pattern.slice(0, star)
  const end = pattern.slice(star + 1)
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end)
}

function readQuestion({ origin, headers }: ParsedRequest): CorsQuestion {
  const method = headers.get('access-control-request-method')
  if (origin === undefined) {
    throw new TestS3Error('BadRequest', 'Insufficient information. Origin request header needed.')
  }
  if (method === undefined) {
    throw new TestS3Error('BadRequest', 'Invalid Access-Control-Request-Method: null')
  }
  const names = (headers.get('access-control-request-headers') ?? '').toLowerCase().split(',')
  return { origin, method, headers: names.map((name) => name.trim()).filter(Boolean) }
}

function forbidden(reason: string, { method }: CorsQuestion): TestS3Error {
  return new TestS3Error('AccessForbidden', `CORSResponse: ${reason}`, {
    Method: method,
    ResourceType: 'OBJECT',
  })
}
