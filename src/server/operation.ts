import type { OperationRequest, OperationResponses } from '../protocol/operations.js'
import { responseSchemas } from '../protocol/operations.js'
import { parseRequest } from '../protocol/parse.js'
import type { OperationContext } from './operation-context.js'
import { abortUploads } from './operations/abort-uploads.js'
import { completeUploads } from './operations/complete-uploads.js'
import { signUploads } from './operations/sign-uploads.js'
import { SigningError } from './signing-error.js'

const maxQuotedLength = 200

/**
 * Reads a request's JSON as one of the operations.
 *
 * @throws SigningError `unsupported-operation`, or `invalid-request` with the field named.
 */
export function parseOperation(json: unknown): OperationRequest {
  const parsed = parseRequest(json)
  if (parsed.ok) return parsed.value
  if (hasUnknownOperation(json)) {
    throw new SigningError('unsupported-operation', 'This server does not offer the operation.')
  }
  const message = `${quoted(parsed.field)}: ${quoted(parsed.problem)}`
  throw new SigningError('invalid-request', message)
}

/** Runs one operation for a caller. */
export function runOperation(
  request: OperationRequest,
  context: OperationContext,
): Promise<OperationResponses[OperationRequest['operation']]> {
  switch (request.operation) {
    case 'sign-uploads':
      return signUploads(request, context)
    case 'complete-uploads':
      return completeUploads(request, context)
    case 'abort-uploads':
      return abortUploads(request, context)
  }
}

function hasUnknownOperation(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('operation' in json)) return false
  const { operation } = json
  return typeof operation === 'string' && !Object.hasOwn(responseSchemas, operation)
}

/** Part of the text may be the client's own, of any length. */
function quoted(text: string): string {
  return text.length > maxQuotedLength ? `${text.slice(0, maxQuotedLength)}…` : text
}
