import { errorCodes } from '../../src/protocol/error-response.js'
import { parseErrorResponse, parseResponse } from '../../src/protocol/parse.js'
import { operationNames } from './attack-client.js'

/** The sentences of a refusal, or of the refused items of a batch. */
const messagePattern = /"message":"(?:[^"\\]|\\.)*"/g

/** What must never be in an answer. */
export interface Confidential {
  /** Secrets of the server. */
  readonly secrets: readonly string[]
  /** Tokens, receipts and signatures of the request, which no refusal has reason to repeat. */
  readonly sent?: readonly string[]
}

/** Says what is wrong with an answer of the handler; `undefined` when nothing is. */
export async function answerFault(
  response: Response,
  { secrets, sent = [] }: Confidential,
): Promise<string | undefined> {
  const { status } = response
  const body = await response.text()
  const all = [body, ...Array.from(response.headers).flat()].join('\n')
  if (secrets.some((secret) => all.includes(secret))) return 'it holds a secret'
  const messages = (body.match(messagePattern) ?? []).join('\n')
  if (sent.some((text) => messages.includes(text))) return 'it repeats a token or a signature'
  if (status === 500 || body.includes('internal-error')) return `an internal error: ${body}`
  if (status === 204) return body === '' ? undefined : 'a body where there is none'
  const json: unknown = JSON.parse(body)
  return status === 200 ? faultOfAnswer(json) : faultOfRefusal(status, json)
}

function faultOfRefusal(status: number, json: unknown): string | undefined {
  const parsed = parseErrorResponse(json)
  if (!parsed.ok) return `a refusal that is none: ${JSON.stringify(json)}`
  const { code, retryable } = parsed.value.error
  const isDocumented = Object.entries(errorCodes).some(
    ([name, meaning]) =>
      name === code && meaning.status === status && meaning.retryable === retryable,
  )
  return isDocumented ? undefined : `${status} with the code ${code}`
}

function faultOfAnswer(json: unknown): string | undefined {
  const isAnswer = operationNames.some((name) => {
    const parsed = parseResponse(name, json)
    // So the parser names an entry that is not as the protocol says.
    return parsed.ok && !JSON.stringify(parsed.value).includes('endpoint-answer')
  })
  return isAnswer ? undefined : `no answer of the protocol: ${JSON.stringify(json).slice(0, 500)}`
}
