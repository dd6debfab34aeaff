import { isErrorCode } from '../../protocol/error-response.js'
import type { OperationContext } from '../config/operation-context.js'
import type { FileEvent } from '../contract/events.js'

/** What of an answer about one file may be logged; a token and what is signed may not. */
interface FileAnswer {
  readonly id?: string | undefined
  readonly key?: string
  readonly size?: number
  readonly method?: 'POST' | 'PUT' | 'MULTIPART'
  readonly state?: string
  readonly error?: { readonly code: string }
}

/** Does the work for one file of a request, and tells `onEvent` how it ended. */
export async function watchFile<Answer extends FileAnswer>(
  operation: FileEvent['operation'],
  { caller, config }: Pick<OperationContext, 'caller' | 'config'>,
  work: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const start = config.now().getTime()
  const answer = await work()
  const { id, key, size, method } = answer
  config.reportEvent({
    type: 'file',
    handler: config.name,
    operation,
    outcome: outcomeOf(answer),
    owner: caller.owner,
    ...(id !== undefined && { id }),
    ...(key !== undefined && { key }),
    ...(size !== undefined && { size }),
    ...(method !== undefined && { method }),
    durationMilliseconds: config.now().getTime() - start,
  })
  return answer
}

function outcomeOf({ error, state }: FileAnswer): FileEvent['outcome'] {
  if (error) return isErrorCode(error.code) ? error.code : 'internal-error'
  return state === 'pending' ? 'pending' : 'ok'
}
