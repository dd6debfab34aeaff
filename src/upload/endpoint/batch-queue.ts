import { abortable } from '../../async/abortable.js'
import { anySignal } from '../../async/any-signal.js'
import { callSafely } from '../../async/call-safely.js'
import { maxBatchSize, type Refused } from '../../protocol/operations.js'
import { toEndpointError } from '../errors/endpoint-refusal.js'
import { isUnforeseen } from '../errors/error-kinds.js'
import { isUploadError, toUploadError, type UploadError } from '../errors/upload-error.js'
import { type AttemptCost, RetryBudget, type Retrying } from '../retry/retry-policy.js'
import type { UploadClient } from './upload-client.js'

/** What becomes of an item: `retry` asks again while the retry policy allows it, `again` after so many milliseconds. */
export type Decision<Result> =
  | { readonly done: Result }
  | { readonly failed: UploadError }
  | { readonly retry: UploadError }
  | { readonly again: number }

/** Takes an answer as it is, and tries again after an error that may pass. */
export function takeOrRetry<Answer>(
  answer: Answer | UploadError,
  mayPass: (error: UploadError) => boolean,
): Decision<Answer> {
  if (!isUploadError(answer)) return { done: answer }
  return mayPass(answer) ? { retry: answer } : { failed: answer }
}

/** What a queue works with. */
interface QueueScope extends Retrying {
  /** Ends the queue: every item that is not in flight fails with its reason. */
  readonly signal: AbortSignal
  /** Hears why the items have to wait, and when no longer. */
  readonly onRetry?: (error: UploadError | undefined) => void
}

/** What the queues of an engine work with. */
export interface EngineQueueOptions extends QueueScope {
  readonly client: UploadClient
}

/** What a queue holds. */
interface QueueState<Item> {
  readonly waiting: readonly Item[]
  /** How long the first of them has waited. */
  readonly waitedMs: number
}

/** How a queue works; a full batch waits for nothing. */
interface BatchQueueOptions<Item, Answer, Result> extends QueueScope {
  /** How long to wait for further items; asked anew when one joins. @default 'now' */
  readonly wait?: (queue: QueueState<Item>) => 'now' | number
  /** Sends one request, and gives one answer per item in the same order. */
  readonly send: (items: readonly Item[]) => Promise<readonly (Answer | Refused)[]>
  readonly decide: (item: Item, answer: Answer | UploadError) => Decision<Result>
  readonly batchSize?: number
  /** Whether an error leaves open what the server did: then the item is asked for until it is decided, withdrawn or not. */
  readonly isBinding?: (error: UploadError) => boolean
  /** Whether only the waits between attempts use up the budget. */
  readonly isPatient?: boolean
}

/** What a request has brought for one of its items. */
interface Brought<Answer> extends AttemptCost {
  readonly answer: Answer | UploadError
  /** Waits as long as the most patient item of the same request, so that all are asked for again together. */
  readonly pause: (waitMs: number) => Promise<void>
}

interface Entry<Item, Answer> {
  readonly item: Item
  readonly since: number
  readonly settle: (brought: Brought<Answer>) => void
}

/** Asks the endpoint for many items in one request, and again for those that are not decided yet. */
export class BatchQueue<Item, Answer extends object, Result> {
  readonly #options: BatchQueueOptions<Item, Answer, Result>
  readonly #waiting = new Set<Entry<Item, Answer>>()
  #isLooking = false
  #stopTimer = () => {}

  constructor(options: BatchQueueOptions<Item, Answer, Result>) {
    this.#options = options
  }

  /** Settles as is decided. A withdrawn item is not asked for any more, unless it is bound; one in flight still gets its answer. */
  async ask(item: Item, withdraw = this.#options.signal): Promise<Result> {
    const { signal: end, isBinding } = this.#options
    const { signal: left, release } = anySignal([end, withdraw])
    const budget = new RetryBudget(this.#options)
    let signal = left
    try {
      for (;;) {
        const { answer, pause, ...cost } = await this.#request(item, signal)
        if (isUploadError(answer) && isBinding?.(answer)) signal = end
        const decision = this.#decide(item, answer)
        if ('done' in decision) return decision.done
        if ('failed' in decision) throw decision.failed
        signal.throwIfAborted()
        const waitMs = 'again' in decision ? decision.again : budget.delayMs(decision.retry, cost)
        await abortable(pause(waitMs), signal)
      }
    } finally {
      release()
    }
  }

  /** Finds out at the end of this task whether those that wait go out now. */
  look(): void {
    if (this.#isLooking) return
    this.#isLooking = true
    queueMicrotask(() => {
      this.#isLooking = false
      this.#stopTimer()
      const { wait, runtime, batchSize = maxBatchSize } = this.#options
      while (this.#waiting.size >= batchSize) this.#sendBatch()
      const [first] = this.#waiting
      if (!first) return
      const waiting = [...this.#waiting].map(({ item }) => item)
      const waitMs = wait?.({ waiting, waitedMs: runtime.now() - first.since }) ?? 'now'
      if (waitMs === 'now') this.#sendBatch()
      else this.#stopTimer = runtime.setTimer(() => this.#sendBatch(), waitMs)
    })
  }

  /** Has the item go out with the next request; rejects when it is withdrawn before. */
  #request(item: Item, withdrawn: AbortSignal): Promise<Brought<Answer>> {
    return new Promise((settle, reject) => {
      withdrawn.throwIfAborted()
      const entry = { item, since: this.#options.runtime.now(), settle }
      withdrawn.addEventListener('abort', () => {
        if (this.#waiting.delete(entry)) reject(withdrawn.reason)
      })
      this.#waiting.add(entry)
      this.look()
    })
  }

  #sendBatch(): void {
    const batch = [...this.#waiting].slice(0, this.#options.batchSize ?? maxBatchSize)
    for (const entry of batch) this.#waiting.delete(entry)
    if (batch.length > 0) void this.#send(batch)
  }

  async #send(batch: readonly Entry<Item, Answer>[]): Promise<void> {
    const { send, runtime, onRetry, isPatient } = this.#options
    const startedAt = runtime.now()
    const items = batch.map(({ item }) => item)
    const answers = await (async () => send(items))().catch(toUploadError)
    const failure = isUploadError(answers) ? answers : undefined
    if (!failure) callSafely(() => onRetry?.(undefined))
    const elapsedMs = isPatient ? 0 : runtime.now() - startedAt
    // One draw for all, since they share the next request too.
    const share = runtime.random()
    const shared = { elapsedMs, random: () => share, pause: this.#sharedPause(failure) }
    for (const [index, { settle }] of batch.entries()) {
      const answer = isUploadError(answers) ? answers : readAnswer(answers[index])
      settle({ answer, ...shared })
    }
  }

  #sharedPause(failure: UploadError | undefined): (waitMs: number) => Promise<void> {
    const { runtime, signal, onRetry } = this.#options
    let longestMs = 0
    let pause: Promise<void> | undefined
    const begin = async () => {
      if (failure) callSafely(() => onRetry?.(failure))
      // By then each item of the request has said how long it waits.
      await Promise.resolve()
      await runtime.sleep(longestMs, signal)
    }
    return (waitMs) => {
      longestMs = Math.max(longestMs, waitMs)
      pause ??= begin()
      return pause
    }
  }

  /** An error that nobody foresaw is not tried again. */
  #decide(item: Item, answer: Answer | UploadError): Decision<Result> {
    if (isUploadError(answer) && isUnforeseen(answer)) return { failed: answer }
    try {
      return this.#options.decide(item, answer)
    } catch (error) {
      return { failed: toUploadError(error) }
    }
  }
}

function readAnswer<Answer extends object>(
  given: Answer | Refused | undefined,
): Answer | UploadError {
  if (!given) return toUploadError(new Error('The endpoint gave no answer for this item.'))
  return isRefused(given) ? toEndpointError(given) : given
}

/** Whether the server refused this item of a request. */
export function isRefused(given: object): given is Refused {
  return 'error' in given
}
