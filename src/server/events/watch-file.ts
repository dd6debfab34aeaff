import { isErrorCode } from '../../protocol/error-response.js'
import type { FileEvent, SigningEvent } from '../contract/events.js'

/** What of an answer about one file may be logged; a token and what is signed may not. */
interface FileAnswer {
  readonly id?: string | undefined
  readonly key?: string
  readonly size?: number
  readonly method?: 'POST' | 'PUT' | 'MULTIPART'
  readonly state?: string
  readonly error?: { readonly code: string }
}

/** Of whom `onEvent` is told, and how. */
export interface FileWatchFacts {
  /** The name of the signing handler. */
  readonly handler: string
  readonly owner: string
  readonly now: () => Date
  readonly reportEvent: (event: SigningEvent) => void
}

/** Does the work for one file of a request, and tells `onEvent` how it ended. */
export async function watchFile<Answer extends FileAnswer>(
  operation: FileEvent['operation'],
  { handler, owner, now, reportEvent }: FileWatchFacts,
  work: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const start = now().getTime()
  const answer = await work()
  const { id, key, size, method } = answer
  reportEvent({
    type: 'file',
    handler,
    operation,
    outcome: outcomeOf(answer),
    owner,
    ...(id !== undefined && { id }),
    ...(key !== undefined && { key }),
    ...(size !== undefined && { size }),
    ...(method !== undefined && { method }),
    durationMs: now().getTime() - start,
  })
  return answer
}

function outcomeOf({ error, state }: FileAnswer): FileEvent['outcome'] {
  if (error) return isErrorCode(error.code) ? error.code : 'internal-error'
  return state === 'pending' ? 'pending' : 'ok'
}
