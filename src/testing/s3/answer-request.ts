import { toHex } from '../../sigv4/crypto.js'
import { corsHeaders } from './cors.js'
import type { FaultEffect } from './fault-rule.js'
import type { Loss } from './faults.js'
import { type FetchContext, type IncomingRequest, readRequest } from './incoming-request.js'
import type { TestS3Setup } from './operation-call.js'
import type { OperationName } from './operation-routes.js'
import { perform } from './operations.js'
import { operationOf } from './request-operation.js'
import { errorResponse, headersFrom } from './s3-response.js'
import type { TestS3RequestEvent } from './test-s3.js'
import { TestS3Error } from './test-s3-error.js'

/** What a request asked for, as far as it could be told. */
interface Asked {
  readonly request?: IncomingRequest
  readonly operation?: OperationName
  readonly fault?: FaultEffect
}

/** What came of it: an answer, unless a fault took the connection away. */
type Result =
  | { readonly response: Response; readonly error?: TestS3Error; readonly loss?: undefined }
  | { readonly response?: undefined; readonly error?: undefined; readonly loss: Loss }

/** Answers a request, and tells what it was about. */
export async function answerRequest(
  setup: TestS3Setup,
  original: Request,
  context: FetchContext,
): Promise<{ readonly event: TestS3RequestEvent; readonly answer: Response | Loss }> {
  const requestId = toHex(crypto.getRandomValues(new Uint8Array(8))).toUpperCase()
  const signal = context.signal ?? original.signal
  const outcome = await attempt(setup, original, { ...context, signal, requestId })
  const { request, operation, fault, error, response } = outcome
  const event = {
    operation,
    method: original.method,
    bucket: request?.bucket,
    key: request?.key,
    status: response?.status ?? 0,
    fault: fault?.kind,
    errorCode: error?.code,
    error,
    origin: request?.origin,
  }
  if (!response) return { event, answer: outcome.loss }
  response.headers.set('x-amz-request-id', requestId)
  response.headers.set('x-amz-id-2', requestId)
  for (const [name, value] of readableHeaders(setup, outcome)) response.headers.set(name, value)
  const loss = await setup.faults.disturbAnswer(fault, response, signal)
  return { event, answer: loss ?? response }
}

async function attempt(
  setup: TestS3Setup,
  original: Request,
  { requestId, ...context }: FetchContext & { signal: AbortSignal; requestId: string },
): Promise<Asked & Result> {
  let request: IncomingRequest | undefined
  let operation: OperationName | undefined
  let fault: FaultEffect | undefined
  try {
    request = await readRequest(original, context)
    operation = operationOf(request)
    const matched = await setup.faults.match(operation, request)
    fault = matched.effect
    const loss = await setup.faults.disturbRequest(fault, matched.request, context.signal)
    if (loss) return { request, operation, fault, loss }
    const response = await perform(operation, { setup, request: matched.request })
    return { request, operation, fault, response }
  } catch (cause) {
    const error = cause instanceof TestS3Error ? cause : internalError(cause)
    const response = errorResponse(error, request, requestId)
    return { request, operation, fault, error, response }
  }
}

/** What lets a page's script read the answer, refusals included. */
function readableHeaders(
  { catalog, quirks }: TestS3Setup,
  { request, operation, error }: Asked & Result,
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
