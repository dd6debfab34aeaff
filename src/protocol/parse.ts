import * as v from 'valibot'
import { type ErrorResponse, errorResponseSchema } from './error-response.js'
import {
  type OperationName,
  type OperationRequest,
  type OperationResponses,
  operationRequestSchema,
  responseSchemas,
} from './operations.js'

/** What a parser found: the typed value, or the first problem with the path of its field. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly field: string; readonly problem: string }

/** Reads an unknown JSON value as a request of the protocol; unknown fields are dropped. */
export function parseRequest(json: unknown): Parsed<OperationRequest> {
  return parse(operationRequestSchema, json)
}

/** Reads an unknown JSON value as the response to `operation`; unknown fields are dropped. */
export function parseResponse<Name extends OperationName>(
  operation: Name,
  json: unknown,
): Parsed<OperationResponses[Name]> {
  // `OperationResponses` is derived from this very table, name by name.
  const schema = responseSchemas[operation] as v.GenericSchema as v.GenericSchema<
    unknown,
    OperationResponses[Name]
  >
  return parse(schema, json)
}

/** Reads an unknown JSON value as the body of a refusal. */
export function parseErrorResponse(json: unknown): Parsed<ErrorResponse> {
  return parse(errorResponseSchema, json)
}

function parse<T>(schema: v.GenericSchema<unknown, T>, json: unknown): Parsed<T> {
  const result = v.safeParse(schema, json, { abortEarly: true, abortPipeEarly: true })
  if (result.success) return { ok: true, value: result.output }
  const [issue] = result.issues
  return { ok: false, field: v.getDotPath(issue) ?? 'body', problem: issue.message }
}
