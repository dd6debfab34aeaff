import { TestS3Error } from '../model/test-s3-error.js'
import { type Route, routes, type S3OperationName } from './operation-routes.js'
import { headerOf, type ParsedRequest } from './parsed-request.js'
import { requireVersion4 } from './signature-version.js'

/**
 * Names what a request asks for.
 *
 * A request with a parameter that its operation does not know is refused: taken for something simpler,
 * a request for a bucket's lifecycle rules could delete the bucket.
 *
 * @throws TestS3Error `NotImplemented` or `MethodNotAllowed` when no operation fits, `InvalidRequest` when it is
 * signed in a way that would pass for parameters.
 */
export function operationOf(request: ParsedRequest): S3OperationName {
  if (request.method === 'OPTIONS') return 'Preflight'
  requireVersion4(request)
  const level =
    request.bucket === undefined ? 'service' : request.key === undefined ? 'bucket' : 'object'
  const candidates = routes.filter(
    (route) => route.method === request.method && route.level === level,
  )
  const route = candidates.find(({ needs }) => needs.every((need) => isPresent(request, need)))
  const unknown = unknownParameter(request, route)
  if (unknown !== undefined) {
    throw new TestS3Error(
      'NotImplemented',
      `A parameter you provided implies functionality that is not implemented: ${unknown}`,
    )
  }
  if (route) return route.operation
  throw new TestS3Error(
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
    { Method: request.method, ResourceType: level.toUpperCase() },
  )
}

function isPresent(request: ParsedRequest, need: string): boolean {
  return need.startsWith(':')
    ? headerOf(request, need.slice(1)) !== undefined
    : request.query.has(need)
}

function unknownParameter(request: ParsedRequest, route: Route | undefined): string | undefined {
  const known = new Set([...(route?.needs ?? []), ...(route?.takes ?? []), 'x-id'])
  for (const name of request.query.keys()) {
    // Those belong to signatures and stand for headers.
    if (!known.has(name) && !/^x-amz-/i.test(name)) return name
  }
  return undefined
}
