import type { OperationResponses } from '../../../../src/protocol/operations.js'
import { parseResponse } from '../../../../src/protocol/parse.js'
import type { OperationName, OperationRequest } from '../../../../src/protocol/requests.js'
import type { Call } from '../call-book.js'

/** A request of one operation. */
export type RequestOf<Name extends OperationName> = Extract<OperationRequest, { operation: Name }>

/** A call of one operation that was answered with what was asked for. */
export interface AnsweredCall<Name extends OperationName> {
  readonly call: Call
  readonly endedMs: number
  readonly request: RequestOf<Name>
  readonly response: OperationResponses[Name]
}

/** The calls of an operation that were answered with what was asked for, also where the answer was lost on its way. */
export function answeredWith<Name extends OperationName>(
  calls: readonly Call[],
  operation: Name,
): AnsweredCall<Name>[] {
  return calls.flatMap((call) => {
    const { request, answer, endedMs } = call
    if (!isOf(request, operation) || answer?.status !== 200 || endedMs === undefined) return []
    const parsed = parseResponse(operation, JSON.parse(answer.text))
    return parsed.ok ? [{ call, endedMs, request, response: parsed.value }] : []
  })
}

function isOf<Name extends OperationName>(
  request: OperationRequest,
  operation: Name,
): request is RequestOf<Name> {
  return request.operation === operation
}
