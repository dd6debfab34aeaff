import { errorCodes } from '../../src/protocol/error-response.js'
import type { ProtocolSchemas } from './protocol-schemas.js'

/** Every code with its status, in the form of the document. */
export function errorCodeTable({ comments }: ProtocolSchemas): Record<string, object> {
  const descriptions = comments.get('errorCodes')?.fields
  return Object.fromEntries(
    Object.entries(errorCodes).map(([code, { status, retryable }]) => [
      code,
      { status, retryable, description: descriptions?.get(code) ?? '' },
    ]),
  )
}

/** One response of the document for each status a request can be refused with. */
export function errorAnswers(): Record<string, object> {
  const codesByStatus = new Map<number, string[]>()
  for (const [code, { status }] of Object.entries(errorCodes)) {
    codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...codesByStatus].map(([status, codes]) => [
      status,
      {
        description: `The whole request is refused: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
        headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } },
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } },
        },
      },
    ]),
  )
}
