import type { IncomingRequest } from './incoming-request.js'
import { TestS3Error } from './test-s3-error.js'

/** What S3 calls the things one can ask of it, and `Preflight` for the browser's question before them. */
export type OperationName = (typeof routes)[number]['operation'] | 'Preflight'

interface Route {
  readonly operation: string
  readonly method: string
  readonly level: 'service' | 'bucket' | 'object'
  /** Parameters (`name`) or headers (`:name`) without which it is another operation. */
  readonly needs: readonly string[]
  /** Parameters it understands beside those it needs. */
  readonly takes: readonly string[]
}

const responseOverrides = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
] as const

const listing = ['prefix', 'delimiter', 'max-keys', 'encoding-type'] as const

/** The first route whose needs are met is taken, so the more special ones stand first. */
const routes = [
  { operation: 'ListBuckets', method: 'GET', level: 'service', needs: [], takes: [] },

  { operation: 'GetBucketCors', method: 'GET', level: 'bucket', needs: ['cors'], takes: [] },
  { operation: 'PutBucketCors', method: 'PUT', level: 'bucket', needs: ['cors'], takes: [] },
  { operation: 'DeleteBucketCors', method: 'DELETE', level: 'bucket', needs: ['cors'], takes: [] },
  {
    operation: 'GetBucketLocation',
    method: 'GET',
    level: 'bucket',
    needs: ['location'],
    takes: [],
  },
  {
    operation: 'ListMultipartUploads',
    method: 'GET',
    level: 'bucket',
    needs: ['uploads'],
    takes: ['prefix', 'max-uploads', 'key-marker', 'upload-id-marker', 'encoding-type'],
  },
  {
    operation: 'ListObjectsV2',
    method: 'GET',
    level: 'bucket',
    needs: ['list-type'],
    takes: [...listing, 'continuation-token', 'start-after', 'fetch-owner'],
  },
  {
    operation: 'ListObjects',
    method: 'GET',
    level: 'bucket',
    needs: [],
    takes: [...listing, 'marker'],
  },
  { operation: 'DeleteObjects', method: 'POST', level: 'bucket', needs: ['delete'], takes: [] },
  { operation: 'PostObject', method: 'POST', level: 'bucket', needs: [], takes: [] },
  { operation: 'HeadBucket', method: 'HEAD', level: 'bucket', needs: [], takes: [] },
  { operation: 'CreateBucket', method: 'PUT', level: 'bucket', needs: [], takes: [] },
  { operation: 'DeleteBucket', method: 'DELETE', level: 'bucket', needs: [], takes: [] },

  {
    operation: 'UploadPartCopy',
    method: 'PUT',
    level: 'object',
    needs: ['partNumber', 'uploadId', ':x-amz-copy-source'],
    takes: [],
  },
  {
    operation: 'UploadPart',
    method: 'PUT',
    level: 'object',
    needs: ['partNumber', 'uploadId'],
    takes: [],
  },
  {
    operation: 'CopyObject',
    method: 'PUT',
    level: 'object',
    needs: [':x-amz-copy-source'],
    takes: [],
  },
  { operation: 'PutObject', method: 'PUT', level: 'object', needs: [], takes: [] },
  {
    operation: 'ListParts',
    method: 'GET',
    level: 'object',
    needs: ['uploadId'],
    takes: ['max-parts', 'part-number-marker', 'encoding-type'],
  },
  { operation: 'GetObject', method: 'GET', level: 'object', needs: [], takes: responseOverrides },
  { operation: 'HeadObject', method: 'HEAD', level: 'object', needs: [], takes: responseOverrides },
  {
    operation: 'CreateMultipartUpload',
    method: 'POST',
    level: 'object',
    needs: ['uploads'],
    takes: [],
  },
  {
    operation: 'CompleteMultipartUpload',
    method: 'POST',
    level: 'object',
    needs: ['uploadId'],
    takes: [],
  },
  {
    operation: 'AbortMultipartUpload',
    method: 'DELETE',
    level: 'object',
    needs: ['uploadId'],
    takes: [],
  },
  { operation: 'DeleteObject', method: 'DELETE', level: 'object', needs: [], takes: [] },
] as const satisfies readonly Route[]

/**
 * Names what a request asks for.
 *
 * A request with a parameter that its operation does not know is refused: taken for something simpler,
 * a request for a bucket's lifecycle rules could delete the bucket.
 *
 * @throws TestS3Error `NotImplemented` or `MethodNotAllowed` when no operation fits.
 */
export function operationOf(request: IncomingRequest): OperationName {
  if (request.method === 'OPTIONS') return 'Preflight'
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

function isPresent(request: IncomingRequest, need: string): boolean {
  return need.startsWith(':') ? request.headers.has(need.slice(1)) : request.query.has(need)
}

function unknownParameter(request: IncomingRequest, route: Route | undefined): string | undefined {
  const known = new Set([...(route?.needs ?? []), ...(route?.takes ?? []), 'x-id'])
  for (const name of request.query.keys()) {
    // Those belong to signatures and stand for headers.
    if (!known.has(name) && !/^x-amz-/i.test(name)) return name
  }
  return undefined
}
