import * as v from 'valibot'

/** What a parser found: the typed value, or the first problem with the path of its field. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly field: string; readonly problem: string }

const maxFieldLength = 200
const maxQuotedLength = 40

/** Reads a JSON value by a schema; `path` is where in the whole it stands. */
export function parseValue<T>(
  schema: v.GenericSchema<unknown, T>,
  json: unknown,
  path?: string,
): Parsed<T> {
  const result = v.safeParse(schema, json, { abortEarly: true, abortPipeEarly: true })
  if (result.success) return { ok: true, value: result.output }
  const [issue] = result.issues
  const field = [path, v.getDotPath(issue)].filter(Boolean).join('.') || 'body'
  // What was received may be of any length, or a token or a signed URL.
  const received = shortened(issue.received, maxQuotedLength)
  const problem = issue.message.replace(issue.received, () => received)
  return { ok: false, field: shortened(field, maxFieldLength), problem }
}

function shortened(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
}
