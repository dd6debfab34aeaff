import { formatHttpDate } from '../../s3/date-text.js'
import { toHex } from '../../sigv4/crypto.js'
import type { Connection, Loss } from './faults/connection.js'
import { disturbAnswer, disturbClock, disturbRequest } from './faults/disturbances.js'
import type { S3OperationName } from './http/operation-routes.js'
import { type FetchContext, type ParsedRequest, readRequest } from './http/parsed-request.js'
import { operationOf } from './http/request-operation.js'
import { headersFrom, s3ErrorResponse } from './http/s3-response.js'
import { TestS3Error } from './model/test-s3-error.js'
import { bucketCorsHeaders } from './operations/cors.js'
import type { TestS3Setup } from './operations/operation-call.js'
import { performOperation } from './operations/perform-operation.js'
import type { TestS3RequestEvent } from './test-s3.js'

/** What a request asked for, as far as it could be told. */
interface Asked {
  readonly request?: ParsedRequest
  readonly operation?: S3OperationName
}

/** What came of it: an answer, unless a fault took the connection away. */
type Result =
  | { readonly response: Response; readonly error?: TestS3Error; readonly loss?: undefined }
  | { readonly response?: undefined; readonly error?: undefined; readonly loss: Loss }

/** A request under way. */
type Context = FetchContext & { readonly connection: Connection; readonly requestId: string }

/** Answers a request, and tells what it was about. */
export function answerRequest(
  setup: TestS3Setup,
  original: Request,
  context: FetchContext,
): Promise<{ readonly event: TestS3RequestEvent; readonly answer: Response | Loss }> {
  const requestId = toHex(setup.randomBytes(8)).toUpperCase()
  return setup.faults.connect(context.signal ?? original.signal, async (connection) => {
    const outcome = await attempt(setup, original, { ...context, connection, requestId })
    const answer = await answerOf(setup, outcome, { connection, requestId })
    const { request, operation, error, response } = outcome
    const event = {
      operation,
      method: original.method,
      bucket: request?.bucket,
      key: request?.key,
      partNumber: connection.asked?.partNumber,
      status: response?.status ?? 0,
      fault: connection.effect?.kind,
      errorCode: error?.code,
      error,
      origin: request?.origin,
    }
    return { event, answer }
  })
}

async function attempt(
  setup: TestS3Setup,
  original: Request,
  { requestId, connection, ...context }: Context,
): Promise<Asked & Result> {
  let request: ParsedRequest | undefined
  let operation: S3OperationName | undefined
  try {
    request = await readRequest(original, context, setup.addressing)
    operation = operationOf(request)
    const unread = await setup.faults.meet(operation, request, connection)
    const response =
      (await disturbRequest(unread, connection)) ??
      (await performOperation(operation, {
        setup: disturbClock(setup, connection.effect),
        request: unread,
      }))
    return { request, operation, response }
  } catch (cause) {
    const loss = connection.lossOf(cause)
    if (loss) return { request, operation, loss }
    const error = cause instanceof TestS3Error ? cause : internalError(cause)
    const response = s3ErrorResponse(error, request, requestId)
    return { request, operation, error, response }
  }
}

async function answerOf(
  setup: TestS3Setup,
  outcome: Asked & Result,
  { connection, requestId }: Pick<Context, 'connection' | 'requestId'>,
): Promise<Response | Loss> {
  if (!outcome.response) return outcome.loss
  try {
    const isRefusal = outcome.error !== undefined
    const response = await disturbAnswer(outcome.response, { connection, isRefusal })
    response.headers.set('x-amz-request-id', requestId)
    response.headers.set('x-amz-id-2', requestId)
    response.headers.set('date', formatHttpDate(setup.now()))
    if (connection.effect?.kind === 'cors-off') return response
    for (const [name, value] of readableHeaders(setup, outcome)) response.headers.set(name, value)
    return response
  } catch (error) {
    const loss = connection.lossOf(error)
    if (loss) return loss
    throw error
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
  return headersFrom(bucketCorsHeaders({ request, bucket }))
}

function internalError(cause: unknown): TestS3Error {
  const error = new TestS3Error(
    'InternalError',
    'We encountered an internal error. Please try again.',
  )
  error.cause = cause
  return error
}
