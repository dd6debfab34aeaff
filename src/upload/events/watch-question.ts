import type { Runtime } from '../../async/runtime.js'
import type { OperationRequest } from '../../protocol/operations.js'
import { isEndpointError, isUploadError, toUploadError } from '../errors/upload-error.js'
import type { RequestEvent, TellEvent } from './upload-event.js'

/** Who hears of a request, and what ends it. */
interface Watcher extends Pick<Runtime, 'now'> {
  readonly signal: AbortSignal
  readonly tell: TellEvent
}

/** Asks the endpoint, and tells of the request when it is over. */
export async function watchQuestion<Answer>(
  request: OperationRequest,
  ask: () => Promise<Answer>,
  { now, signal, tell }: Watcher,
): Promise<Answer> {
  const startedAt = now()
  const end = (answer: Pick<RequestEvent, 'outcome' | 'status'>) => {
    const durationMs = Math.round(now() - startedAt)
    const { operation } = request
    tell({ type: 'request', to: 'endpoint', operation, ...itemsOf(request), ...answer, durationMs })
  }
  try {
    const answer = await ask()
    end({ outcome: 'ok', status: 200 })
    return answer
  } catch (thrown) {
    const { code } = toUploadError(thrown)
    const hasStatus = isEndpointError(thrown) && thrown.status > 0
    const isEnded = signal.aborted && !isUploadError(thrown)
    end({ outcome: isEnded ? 'cancelled' : code, ...(hasStatus && { status: thrown.status }) })
    throw thrown
  }
}

function itemsOf(request: OperationRequest): Pick<RequestEvent, 'count' | 'id'> {
  switch (request.operation) {
    case 'sign-uploads': {
      const [first, ...others] = request.files
      const isOne = first && others.length === 0
      return { count: request.files.length, ...(isOne && { id: first.id }) }
    }
    case 'sign-downloads':
      return { count: request.files.length }
    case 'sign-parts':
      return { count: request.parts.length }
    case 'complete-uploads':
      return { count: request.uploads.length }
    case 'abort-uploads':
      return { count: request.tokens.length }
    case 'list-parts':
      return { count: 1 }
    default:
      return request satisfies never
  }
}
