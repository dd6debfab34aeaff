import type { OperationRequest, OperationResponses, Received } from '../../protocol/operations.js'
import { responseSchemas } from '../../protocol/operations.js'
import { parseRequest } from '../../protocol/parse.js'
import type { OperationContext } from '../config/operation-context.js'
import { packageRefusal } from '../errors/signing-error.js'
import { abortUploads } from './abort-uploads.js'
import { completeUploads } from './complete-uploads.js'
import { listParts } from './list-parts.js'
import { signDownloads } from './sign-downloads.js'
import { signParts } from './sign-parts.js'
import { signUploads } from './sign-uploads.js'

/**
 * Reads a request's JSON as one of the operations.
 *
 * @throws SigningError `unsupported-operation`, or `invalid-request` with the field named.
 */
export function parseOperation(json: unknown): Received<OperationRequest> {
  const parsed = parseRequest(json)
  if (parsed.ok) return parsed.value
  if (hasUnknownOperation(json)) {
    throw packageRefusal(
      'unsupported-operation',
      'this server does not offer the operation. Update it, or use an operation of docs/protocol.md.',
    )
  }
  throw packageRefusal('invalid-request', `${parsed.field}: ${parsed.problem}`)
}

/** Runs one operation for a caller. */
export function runOperation(
  request: Received<OperationRequest>,
  context: OperationContext,
): Promise<OperationResponses[OperationRequest['operation']]> {
  switch (request.operation) {
    case 'sign-uploads':
      return signUploads(request, context)
    case 'sign-parts':
      return signParts(request, context)
    case 'list-parts':
      return listParts(request, context)
    case 'complete-uploads':
      return completeUploads(request, context)
    case 'abort-uploads':
      return abortUploads(request, context)
    case 'sign-downloads':
      return signDownloads(request, context)
  }
}

function hasUnknownOperation(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('operation' in json)) return false
  const { operation } = json
  return typeof operation === 'string' && !Object.hasOwn(responseSchemas, operation)
}
