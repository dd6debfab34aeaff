import { toHex } from '../../sigv4/crypto.js'
import { corsHeaders } from './cors.js'
import { type FetchContext, type IncomingRequest, readRequest } from './incoming-request.js'
import type { TestS3Setup } from './operation-call.js'
import type { OperationName } from './operation-routes.js'
import { perform } from './operations.js'
import { operationOf } from './request-operation.js'
import { errorResponse, headersFrom } from './s3-response.js'
import type { TestS3RequestEvent } from './test-s3.js'
import { TestS3Error } from './test-s3-error.js'

/** What became of a request, as far as it got. */
interface Outcome {
  readonly request?: IncomingRequest
  readonly operation?: OperationName
  readonly error?: TestS3Error
  readonly response: Response
}

/** Answers a request, and tells what it was about. */
export async function answerRequest(
  setup: TestS3Setup,
  original: Request,
  context: FetchContext,
): Promise<TestS3RequestEvent & { readonly response: Response }> {
  const requestId = toHex(crypto.getRandomValues(new Uint8Array(8))).toUpperCase()
  const outcome = await attempt(setup, original, context, requestId)
  const { request, operation, error, response } = outcome
  response.headers.set('x-amz-request-id', requestId)
  response.headers.set('x-amz-id-2', requestId)
  for (const [name, value] of readableHeaders(setup, outcome)) response.headers.set(name, value)
  return {
    operation,
    method: original.method,
    bucket: request?.bucket,
    key: request?.key,
    status: response.status,
    errorCode: error?.code,
    error,
    origin: request?.origin,
    response,
  }
}

async function attempt(
  setup: TestS3Setup,
  original: Request,
  context: FetchContext,
  requestId: string,
): Promise<Outcome> {
  let request: IncomingRequest | undefined
  let operation: OperationName | undefined
  try {
    request = await readRequest(original, context)
    operation = operationOf(request)
    return { request, operation, response: await perform(operation, { setup, request }) }
  } catch (cause) {
    const error = cause instanceof TestS3Error ? cause : internalError(cause)
    return { request, operation, error, response: errorResponse(error, request, requestId) }
  }
}

/** What lets a page's script read the answer, refusals included. */
function readableHeaders(
  { catalog, quirks }: TestS3Setup,
  { request, operation, error }: Outcome,
): Headers {
  const bucket = catalog.bucket(request?.bucket ?? '')
  if (!request || !bucket || operation === 'Preflight') return new Headers()
  const isHidden = error?.isAuthenticationError && !quirks.hasCorsOnAuthenticationErrors
  if (isHidden && operation !== 'PostObject') return new Headers()
  return headersFrom(corsHeaders({ request, bucket }))
}

function internalError(cause: unknown): TestS3Error {
  const error = new TestS3Error(
    'InternalError',
    'We encountered an internal error. Please try again.',
  )
  error.cause = cause
  return error
}
