import type { ErrorCode } from '../../protocol/error-response.js'
import type { OperationRequest, Received } from '../../protocol/operations.js'
import type { Caller } from '../contract/caller.js'
import type { FileWatchFacts } from './watch-file.js'

/** What becomes known of a request on its way. */
export interface OperationWatch {
  readonly parsed: (operation: Received<OperationRequest>) => void
  readonly authorized: (caller: Caller) => void
  readonly ended: (outcome: 'ok' | ErrorCode, status: number) => void
}

/** Gathers what is known of one request, and tells `onEvent` when it is over. */
export function watchOperation({
  handler,
  now,
  reportEvent,
}: Omit<FileWatchFacts, 'owner'>): OperationWatch {
  const start = now().getTime()
  let operation: Received<OperationRequest> | undefined
  let caller: Caller | undefined
  return {
    parsed: (request) => {
      operation = request
    },
    authorized: (who) => {
      caller = who
    },
    ended: (outcome, status) => {
      reportEvent({
        type: 'operation',
        handler,
        ...(operation && { operation: operation.operation, count: countOf(operation) }),
        outcome,
        status,
        ...(caller && { owner: caller.owner }),
        durationMs: now().getTime() - start,
      })
    },
  }
}

function countOf(request: Received<OperationRequest>): number {
  switch (request.operation) {
    case 'sign-uploads':
    case 'sign-downloads':
      return request.files.length
    case 'complete-uploads':
      return request.uploads.length
    case 'abort-uploads':
      return request.tokens.length
    case 'sign-parts':
    case 'list-parts':
      return 1
    default:
      return request satisfies never
  }
}
