import type { Runtime } from '../../async/runtime.js'
import type { OperationRequest, Refused } from '../../protocol/operations.js'
import { forDevelopers } from '../errors/app-words.js'
import { EndpointError, isEndpointError } from '../errors/upload-error.js'
import type { TellEvent } from '../events/upload-event.js'
import { watchQuestion } from '../events/watch-question.js'
import type { EndpointHistory } from './endpoint-history.js'
import { type Question, requestEndpoint, type SigningClientOptions } from './endpoint-request.js'
import { createSessionRenewal, type SessionRenewal } from './session-renewal.js'

/** Sends a request of the protocol, and once more after the user has signed in again. */
export type AskEndpoint = <Request extends OperationRequest>(
  question: Question<Request>,
  signal: AbortSignal,
) => ReturnType<typeof requestEndpoint<Request>>

/** What all requests of a page to one endpoint share. */
export interface EndpointSession {
  readonly runtime: Runtime
  readonly renewal: SessionRenewal
  readonly history: EndpointHistory
  /** Hears of every request when it is over. */
  readonly tell: TellEvent
}

/** Begins a session. */
export function beginSession(runtime: Runtime, tell: TellEvent = () => {}): EndpointSession {
  return {
    runtime,
    tell,
    renewal: createSessionRenewal(runtime),
    history: { hasAnswered: false, isMoved: false },
  }
}

/** Creates what asks one endpoint; its options are looked up before every request, so that they may change meanwhile. */
export function createAskEndpoint(
  options: () => SigningClientOptions,
  { runtime, renewal, history, tell }: EndpointSession,
): AskEndpoint {
  return (question, signal) => {
    const ask = () => requestEndpoint(options(), question, { signal, history, runtime })
    return renewal.send(
      () => watchQuestion(question.request, ask, { now: runtime.now, signal, tell }),
      { onUnauthorized: options().onUnauthorized, signal },
    )
  }
}

/** Servers limit the size of a request, each to another; a body parser often to 100 kB. */
export async function inHalvesIfTooLarge<Item, Answer>(
  items: readonly Item[],
  send: (batch: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<readonly (Answer | Refused)[]> {
  try {
    return await send(items)
  } catch (error) {
    if (items.length < 2 || !isEndpointError(error) || error.status !== 413) throw error
    const middle = Math.ceil(items.length / 2)
    const first = await inHalvesIfTooLarge(items.slice(0, middle), send)
    const second = items.slice(middle)
    // What the first half was told stands: the server may have created uploads for it.
    const rest = inHalvesIfTooLarge(second, send).catch((failure) => refusedAlike(second, failure))
    return [...first, ...(await rest)]
  }
}

function refusedAlike(items: readonly unknown[], error: unknown): Refused[] {
  if (!isEndpointError(error)) throw error
  const { code, retryable, isRefusal } = error
  const message = isRefusal ? error.message : forDevelopers(error.message)
  return items.map(() => ({ error: { code, message, retryable } }))
}

/** Refuses a response with more or fewer answers than there were questions. */
export function requireAnswers(answers: readonly unknown[], count: number): void {
  if (answers.length !== count) throw mixedUp(`${answers.length} answers for ${count} files`)
}

/** Says that an answer belongs to something else. */
export function mixedUp(found: string): EndpointError {
  return new EndpointError(
    `The signing endpoint gave ${found}. It must give one answer per file or part, in the same order.`,
    { code: 'endpoint-answer', status: 200, retryable: false },
  )
}
