import { anySignal } from '../../async/any-signal.js'
import { callSafely } from '../../async/call-safely.js'
import { maxBatchSize, type Refused } from '../../protocol/operations.js'
import { toEndpointError } from '../errors/endpoint-refusal.js'
import { isUploadError, toUploadError, type UploadError } from '../errors/upload-error.js'
import { type AttemptCost, RetryBudget, type Retrying } from '../retry/retry-policy.js'
import type { UploadClient } from './upload-client.js'

/** What becomes of an item: `retry` asks again while the retry policy allows it, `again` after so many milliseconds. */
export type Decision<Result> =
  | { readonly done: Result }
  | { readonly failed: UploadError }
  | { readonly retry: UploadError }
  | { readonly again: number }

/** Tries again after an error that may pass. */
export function retryIf(mayPass: boolean, error: UploadError): Decision<never> {
  return mayPass ? { retry: error } : { failed: error }
}

/** What the queues of an engine work with. */
export interface EngineQueueOptions extends Retrying {
  readonly client: UploadClient
  /** Ends the queue: every item that is not in flight fails with its reason. */
  readonly signal: AbortSignal
  /** Hears why the items have to wait, and when no longer. */
  readonly onRetry: (error: UploadError | undefined) => void
}

/** What a queue holds. */
interface QueueState<Item> {
  readonly waiting: readonly Item[]
  /** How long the first of them has waited. */
  readonly waitedMs: number
  /** How many are not settled: those that wait, and those that are in flight or wait to be asked for again. */
  readonly size: number
}

/** How a queue works; a full batch waits for nothing. */
interface BatchQueueOptions<Item, Answer, Result>
  extends Retrying,
    Pick<EngineQueueOptions, 'signal'>,
    Partial<Pick<EngineQueueOptions, 'onRetry'>> {
  /** How long to wait for further items; asked anew when one joins. */
  readonly wait: (queue: QueueState<Item>) => 'now' | number
  /** Sends one request, and gives one answer per item in the same order. */
  readonly send: (items: readonly Item[]) => Promise<readonly (Answer | Refused)[]>
  readonly decide: (item: Item, answer: Answer | UploadError) => Decision<Result>
  readonly batchSize?: number
  /** Whether only the waits between attempts use up the budget. */
  readonly isPatient?: boolean
}

interface Entry<Item, Result> {
  readonly item: Item
  readonly withdrawn: AbortSignal
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
  readonly budget: RetryBudget
  isInFlight: boolean
}

type Given<Answer> = Answer | Refused | UploadError | undefined

/** Asks the endpoint for many items in one request, and again for those that are not decided yet. */
export class BatchQueue<Item, Answer extends object, Result> {
  readonly #options: BatchQueueOptions<Item, Answer, Result>
  readonly #waiting = new Set<Entry<Item, Result>>()
  #waitingSince = 0
  #size = 0
  #isLooking = false
  #stopTimer = () => {}

  constructor(options: BatchQueueOptions<Item, Answer, Result>) {
    this.#options = options
  }

  /** Settles as is decided. A withdrawn item is not asked for any more; one in flight still gets its answer. */
  async ask(item: Item, withdraw = this.#options.signal): Promise<Result> {
    const { signal: withdrawn, release } = anySignal([this.#options.signal, withdraw])
    this.#size += 1
    const asked = new Promise<Result>((resolve, reject) => {
      withdrawn.throwIfAborted()
      const budget = new RetryBudget(this.#options)
      const entry = { item, withdrawn, resolve, reject, budget, isInFlight: false }
      withdrawn.addEventListener('abort', () => {
        this.#waiting.delete(entry)
        if (!entry.isInFlight) reject(withdrawn.reason)
      })
      this.#join([entry])
    })
    return await asked.finally(() => {
      this.#size -= 1
      release()
    })
  }

  /** Finds out at the end of this task whether those that wait go out now. */
  look(): void {
    if (this.#isLooking) return
    this.#isLooking = true
    queueMicrotask(() => {
      this.#isLooking = false
      this.#stopTimer()
      const { wait, runtime, batchSize = maxBatchSize } = this.#options
      while (this.#waiting.size >= batchSize) this.#sendBatch(batchSize)
      if (this.#waiting.size === 0) return
      const waiting = [...this.#waiting].map(({ item }) => item)
      const waitedMs = runtime.now() - this.#waitingSince
      const waitMs = wait({ waiting, waitedMs, size: this.#size })
      if (waitMs === 'now') this.#sendBatch()
      else this.#stopTimer = runtime.setTimer(() => this.#sendBatch(), waitMs)
    })
  }

  #join(entries: readonly Entry<Item, Result>[]): void {
    if (this.#waiting.size === 0) this.#waitingSince = this.#options.runtime.now()
    for (const entry of entries) this.#waiting.add(entry)
    this.look()
  }

  #sendBatch(batchSize = maxBatchSize): void {
    const batch = [...this.#waiting].slice(0, batchSize)
    for (const entry of batch) {
      this.#waiting.delete(entry)
      entry.isInFlight = true
    }
    if (batch.length > 0) void this.#ask(batch)
  }

  /** What has to be asked for again goes together, after the longest wait. */
  async #ask(batch: readonly Entry<Item, Result>[]): Promise<void> {
    const { send, runtime, signal, onRetry, isPatient } = this.#options
    const startedAt = runtime.now()
    const items = batch.map(({ item }) => item)
    const answers = await (async () => send(items))().catch(toUploadError)
    const failure = isUploadError(answers) ? answers : undefined
    if (!failure) callSafely(() => onRetry?.(undefined))
    // One draw for all, since they share the next request too.
    const share = runtime.random()
    const cost = { elapsedMs: isPatient ? 0 : runtime.now() - startedAt, random: () => share }
    let waitMs = 0
    const again = batch.filter((entry, index) => {
      const answer = isUploadError(answers) ? answers : answers[index]
      const delayMs = this.#settle(entry, answer, cost)
      waitMs = Math.max(waitMs, delayMs ?? 0)
      return delayMs !== undefined
    })
    if (again.length === 0) return
    if (failure) callSafely(() => onRetry?.(failure))
    // Rejects when the queue has ended: then each of them was withdrawn.
    await runtime.sleep(waitMs, signal).catch(() => undefined)
    this.#join(again.filter(({ withdrawn }) => !withdrawn.aborted))
  }

  /** Gives the wait before the item is asked for again; undefined when it is settled. */
  #settle(entry: Entry<Item, Result>, given: Given<Answer>, cost: AttemptCost): number | undefined {
    const { item, withdrawn, resolve, reject, budget } = entry
    entry.isInFlight = false
    const decision = this.#decide(item, given)
    if ('done' in decision) resolve(decision.done)
    else if ('failed' in decision) reject(decision.failed)
    else if (withdrawn.aborted) reject(withdrawn.reason)
    else if ('again' in decision) return decision.again
    else {
      const delayMs = budget.nextDelayMs(decision.retry, cost)
      if (delayMs === undefined) reject(decision.retry)
      return delayMs
    }
    return undefined
  }

  /** An error that nobody foresaw is not tried again. */
  #decide(item: Item, given: Given<Answer>): Decision<Result> {
    try {
      if (!given) throw new Error('The endpoint gave no answer for this item.')
      const answer = isRefused(given) ? toEndpointError(given) : given
      const isUnforeseen = isUploadError(answer) && answer.code === 'unexpected'
      return isUnforeseen ? { failed: answer } : this.#options.decide(item, answer)
    } catch (error) {
      return { failed: toUploadError(error) }
    }
  }
}

function isRefused(given: object): given is Refused {
  return 'error' in given
}
