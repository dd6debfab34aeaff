import { type ErrorCode, errorCodes } from '../../../protocol/error-response.js'
import type { OperationName, OperationResponses, Refused } from '../../../protocol/operations.js'
import { parseResponse } from '../../../protocol/parse.js'
import { fail } from './conformance-rule.js'
import type { EndpointAnswer } from './subject.js'

/** What was done, at the start of a sentence, such as `A GET`. */
type Deed = string

/** Demands that a whole request was refused with one of these codes, and with the status of that code. */
export function requireRefusal(
  answer: EndpointAnswer,
  deed: Deed,
  ...codes: readonly ErrorCode[]
): void {
  const code = codeOf(answer.json)
  const expected = codes.find((candidate) => candidate === code)
  if (expected !== undefined && errorCodes[expected].status === answer.status) return
  fail(`${deed} was answered with ${described(answer)}, not with ${listed(codes)}.`)
}

/** Demands that a request was answered as the operation answers. */
export function requireAnswer<Name extends OperationName>(
  operation: Name,
  answer: EndpointAnswer,
  deed: Deed = `A request of ${operation}`,
): OperationResponses[Name] {
  if (answer.status !== 200) fail(`${deed} was answered with ${described(answer)}, not with 200.`)
  const parsed = parseResponse(operation, answer.json)
  if (parsed.ok) return parsed.value
  // Without what was received: it could be a token or a signed URL.
  return fail(
    `The answer to ${operation} has another form than the protocol says, at "${parsed.field}".`,
  )
}

/** Demands as many entries as there were items, each in the form of the protocol. */
export function requireEntries<Entry extends object>(
  entries: readonly (Entry | Refused)[],
  count: number,
  operation: OperationName,
): readonly (Entry | Refused)[] {
  if (entries.length !== count) {
    fail(`${operation} of ${count} items was answered with ${entries.length} entries.`)
  }
  for (const entry of entries) {
    if ('error' in entry && entry.error.code === 'endpoint-answer') {
      // The parser's own message, up to the field: what follows may quote the answer.
      const [, field = 'one of them'] = /\(([\w.-]+):/.exec(entry.error.message) ?? []
      fail(`An entry of ${operation} has another form than the protocol says, at "${field}".`)
    }
  }
  return entries
}

/** Demands that one item was refused with one of these codes. */
export function requireEntryRefusal(
  entry: object,
  deed: Deed,
  ...codes: readonly ErrorCode[]
): void {
  const code = codeOf(entry)
  if (codes.some((candidate) => candidate === code)) return
  fail(
    `${deed} was ${code === undefined ? 'accepted' : `refused with ${code}`}, not refused with ${listed(codes)}.`,
  )
}

/** Demands that one item was not refused. */
export function requireAccepted<Entry extends object>(
  entry: Entry | Refused | undefined,
  deed: Deed,
): Entry {
  if (entry === undefined) return fail(`${deed} was not answered.`)
  if ('error' in entry) return fail(`${deed} was refused with ${codeOf(entry) ?? 'no code'}.`)
  return entry
}

/** The code of a refusal; `undefined` where there is none. */
export function codeOf(json: unknown): string | undefined {
  const error = fieldOf(json, 'error')
  const code = fieldOf(error, 'code')
  if (error === undefined || error === null) return undefined
  // Anything else may be what must not be printed.
  return typeof code === 'string' && /^[a-z-]{1,40}$/.test(code) ? code : 'no code of the protocol'
}

/** A field of a value, if it is an object that has it. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([field]) => field === name)?.[1]
}

/** Status and code of an answer, for a sentence. */
export function described({ status, json }: EndpointAnswer): string {
  const code = codeOf(json)
  return code === undefined ? `status ${status}` : `${status} ${code}`
}

function listed(codes: readonly ErrorCode[]): string {
  return codes.map((code) => `${errorCodes[code].status} ${code}`).join(' or ')
}
