import * as v from 'valibot'
import { type ProtocolError, protocolErrorSchema } from './error-response.js'
import { parseValue } from './parse-value.js'

/** The largest number of files, tokens or parts in one request. */
export const maxBatchSize = 100

/** One file, or one upload, of a batch was refused; without `id` when its token could not be read. */
export const refusedSchema = v.object({ id: v.optional(v.string()), error: protocolErrorSchema })

/** One file, or one upload, of a batch was refused; without `id` when its token could not be read. */
export type Refused = v.InferOutput<typeof refusedSchema>

const identified = v.object({ id: v.pipe(v.string(), v.maxLength(64)) })
const withError = v.object({ error: v.nonNullish(v.unknown()) })

/** The list `field` of a request: 1 to 100 items, a malformed one refused as `invalid-request` in its place. */
export function requestItems<Item>(field: string, item: v.GenericSchema<unknown, Item>) {
  return v.pipe(
    v.array(v.unknown()),
    v.minLength(1),
    v.maxLength(maxBatchSize),
    v.metadata({ item }),
    eachItem(field, item, (problem) => ({
      code: 'invalid-request',
      message: problem,
      retryable: false,
    })),
  )
}

/** The list `field` of a response: answers or refusals, a malformed one refused as `endpoint-answer` in its place. */
export function responseItems<Answer>(field: string, answer: v.GenericSchema<unknown, Answer>) {
  // Told apart before they are read, so that a problem is named by its field.
  const item = v.lazy((entry) => (v.is(withError, entry) ? refusedSchema : answer))
  return v.pipe(
    v.array(v.unknown()),
    // For docs/openapi.json: what is read one by one is not to be seen in the schema of the list.
    v.metadata({ item }),
    eachItem<Answer | Refused>(field, item, (problem) => ({
      code: 'endpoint-answer',
      message: `The signing endpoint did not answer as the protocol says (${problem}).`,
      retryable: false,
    })),
  )
}

/** Reads the items one by one, so that a malformed one takes no other along. */
function eachItem<Item>(
  field: string,
  schema: v.GenericSchema<unknown, Item>,
  errorOf: (problem: string) => ProtocolError,
) {
  return v.transform((items: unknown[]) =>
    items.map((item, index): Item | Refused => {
      const parsed = parseValue(schema, item, `${field}.${index}`)
      if (parsed.ok) return parsed.value
      const error = errorOf(`${parsed.field}: ${parsed.problem}`)
      return v.is(identified, item) ? { id: item.id, error } : { error }
    }),
  )
}
