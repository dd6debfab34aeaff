import type { Runtime } from '../../async/runtime.js'
import type { OperationName, OperationResponses } from '../../protocol/operations.js'
import { parseErrorResponse, parseResponseOf, type ResponseSchema } from '../../protocol/parse.js'
import { isInAppWords } from '../errors/app-words.js'
import { EndpointError, type UploadErrorCode } from '../errors/upload-error.js'
import type { EndpointHistory } from './endpoint-history.js'
import { loginAdvice } from './no-answer.js'
import { retryAfterSeconds } from './retry-after.js'

/** What came, and what the page knows of the endpoint. */
interface ReceivedAnswer {
  readonly response: Response
  readonly text: string
  readonly history: EndpointHistory
  readonly runtime: Pick<Runtime, 'wallNow'>
}

/** Reads an answer; throws an `EndpointError` when it is a refusal, or none of the endpoint's. */
export function readEndpointAnswer<Name extends OperationName>(
  answer: ReceivedAnswer,
  schema: ResponseSchema<Name>,
): OperationResponses[Name] {
  const { response, text } = answer
  const json = parseJson(text)
  if (json === undefined) throw foreign(answer, 'the body is not JSON')
  if (!response.ok) throw refused(answer, json)
  const parsed = parseResponseOf(schema, json)
  if (!parsed.ok) throw foreign(answer, `${parsed.field}: ${parsed.problem}`)
  noteAnswer(answer)
  return parsed.value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refused(answer: ReceivedAnswer, json: unknown): EndpointError {
  const parsed = parseErrorResponse(json)
  if (!parsed.ok) return foreign(answer, 'no error code in the body')
  noteAnswer(answer)
  const { error } = parsed.value
  return new EndpointError(error.message, {
    ...error,
    ...factsOf(answer),
    isRefusal: true,
    isInAppWords: isInAppWords(error),
  })
}

function noteAnswer({ response, history }: ReceivedAnswer): void {
  history.hasAnswered = true
  history.isMoved ||= response.redirected
}

/** The error for an answer that is not of the protocol: often a login page or a proxy's error page, or a wrong `endpoint`. */
function foreign(answer: ReceivedAnswer, detail: string): EndpointError {
  const { status, url } = answer.response
  const message = `The signing endpoint ${url.replace(/[?#].*/, '')} answered with status ${status}, but not as the protocol says (${detail}).`
  return new EndpointError(`${message} ${adviceOn(answer)}`, {
    code: codeOf(answer),
    retryable: mayAnswerLater(answer),
    isSignInNeeded: isLoginPage(answer) || maySignInHelp(answer),
    ...factsOf(answer),
  })
}

function adviceOn(answer: ReceivedAnswer): string {
  if (answer.response.status === networkSignIn) {
    return 'The network itself wants a sign-in before it lets anything through.'
  }
  if (isLoginPage(answer)) {
    return loginAdvice
  }
  return 'Check that `endpoint` leads to the signing handler.'
}

function codeOf(answer: ReceivedAnswer): UploadErrorCode {
  if (answer.response.status === networkSignIn) return 'endpoint-unreachable'
  return isLoginPage(answer) ? 'unauthorized' : 'endpoint-answer'
}

/** @see https://www.rfc-editor.org/rfc/rfc6585#section-6 */
const networkSignIn = 511

/** 419 and 440 are of no standard: frameworks answer them for a session or a form token that has expired. */
const signInStatuses: ReadonlySet<number> = new Set([401, 419, 440])

/** Whether the session has ended as far as can be seen, or requests are sent on to another page. */
function isLoginPage({ response: { status, redirected } }: ReceivedAnswer): boolean {
  return signInStatuses.has(status) || (redirected && !isTransient(status) && status !== 413)
}

/** A page in place of the endpoint, or a door that is shut, may be for those alone who are not signed in. */
function maySignInHelp(answer: ReceivedAnswer): boolean {
  return answer.response.status === 403 || (answer.response.ok && isPage(answer))
}

function isPage({ response: { headers }, text }: ReceivedAnswer): boolean {
  return (
    text.trimStart().startsWith('<') || (headers.get('content-type')?.includes('html') ?? false)
  )
}

/** Whether the endpoint itself may answer later. */
function mayAnswerLater(answer: ReceivedAnswer): boolean {
  const { response, history } = answer
  if (isTransient(response.status)) return true
  if (isLoginPage(answer) || response.status === 413) return false
  return history.hasAnswered || isCut(answer)
}

const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429])

function isTransient(status: number): boolean {
  return status >= 500 || transientStatuses.has(status)
}

/** JSON that breaks off was cut on the way; anything else comes from the wrong place. */
function isCut(answer: ReceivedAnswer): boolean {
  const { response, text } = answer
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return response.ok && isJson && !isPage(answer) && parseJson(text) === undefined
}

function factsOf({ response: { status, headers }, runtime }: ReceivedAnswer) {
  return { status, retryAfterSeconds: retryAfterSeconds(headers, runtime.wallNow) }
}
