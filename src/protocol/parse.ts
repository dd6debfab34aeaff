import type * as v from 'valibot'
import { type ErrorResponse, errorResponseSchema } from './error-response.js'
import {
  type OperationName,
  type OperationRequest,
  type OperationResponses,
  type Received,
  responseSchemas,
} from './operations.js'
import { type Parsed, parseValue } from './parse-value.js'
import { operationRequestSchema } from './requests.js'

/**
 * Reads an unknown JSON value as a request of the protocol; unknown fields are dropped.
 *
 * Only a malformed envelope fails: the operation, or a list that is none, is empty or is too long.
 */
export function parseRequest(json: unknown): Parsed<Received<OperationRequest>> {
  return parseValue(operationRequestSchema, json)
}

/**
 * Reads an unknown JSON value as the response to `operation`; unknown fields are dropped.
 *
 * A malformed entry becomes a refusal with the code `endpoint-answer` in its place.
 */
export function parseResponse<Name extends OperationName>(
  operation: Name,
  json: unknown,
): Parsed<OperationResponses[Name]> {
  // `OperationResponses` is derived from this very table, name by name.
  return parseResponseOf(
    responseSchemas[operation] as v.GenericSchema as ResponseSchema<Name>,
    json,
  )
}

/** How the response to an operation is read. */
export type ResponseSchema<Name extends OperationName> = v.GenericSchema<
  unknown,
  OperationResponses[Name]
>

/** Reads as {@link parseResponse} does, without the schemas of all other operations. */
export function parseResponseOf<Name extends OperationName>(
  schema: ResponseSchema<Name>,
  json: unknown,
): Parsed<OperationResponses[Name]> {
  return parseValue(schema, json)
}

/** Reads an unknown JSON value as the body of a refusal. */
export function parseErrorResponse(json: unknown): Parsed<ErrorResponse> {
  return parseValue(errorResponseSchema, json)
}
