import type { Runtime } from '../../async/runtime.js'
import { isCongestion, mayPass } from '../errors/error-kinds.js'
import { isNetworkError, isStorageError } from '../errors/upload-error.js'
import { LineBreaks } from './line-breaks.js'

/** Gives a slot back: a place in the concurrency. */
export type ReleaseSlot = () => void

/** What waits for a slot: a whole file in one request, or one part of a file that goes in many. */
export type TransferKind = { readonly bytes: number } & (
  | { readonly kind: 'file'; readonly hasStarted: boolean; readonly isShort: boolean }
  /** `fileOrder` orders the files that go in parts: the lowest is finished first. */
  | { readonly kind: 'part'; readonly fileOrder: number; readonly partNumber: number }
)

/** Parts leave all other slots to files that go in one request, as long as such files wait. */
const slotsOfPartsWhileFilesWait = 1

/** Transfers that were refused together count as one sign of congestion. */
const congestionIntervalMs = 1000

interface Waiting {
  readonly transfer: TransferKind
  readonly start: () => void
}

/** What a scheduler works with. */
interface TransferSchedulerOptions extends Pick<Runtime, 'now' | 'nextTask'> {
  /** Most parallel requests to S3. */
  readonly concurrency: number
  /**
   * Short files beyond that, as long as all that run are short.
   *
   * They wait in the browser, which has them on their way sooner than the page could once a connection is free.
   *
   * @default 0
   */
  readonly reserve?: number
  /** Waits until it is known what else a break of the line has taken. @default not at all */
  readonly settle?: () => Promise<void>
}

/**
 * Decides which transfer begins next, and how many run at once.
 *
 * Started files come first, then those that go in one request, in the order of asking. The limit follows additive
 * increase and multiplicative decrease.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5681#section-3.1
 */
export class TransferScheduler {
  readonly #options: TransferSchedulerOptions
  readonly #started = new Set<Waiting>()
  readonly #files = new Set<Waiting>()
  readonly #parts = new Set<Waiting>()
  readonly #breaks = new LineBreaks()
  #limit: number
  #running = 0
  #runningParts = 0
  #runningShort = 0
  #runningBytes = 0
  #fileOrders = 0
  #hasAnswered = false
  #holds = 0
  /** Whether the storage was busy and one transfer is to find out whether it still is. */
  #isTrying = false
  #congestedAt = Number.NEGATIVE_INFINITY
  #congestions = 0

  constructor(options: TransferSchedulerOptions) {
    this.#options = options
    this.#limit = options.concurrency
  }

  /** Whether the storage has let this page send anything: then it hides no refusal. */
  get hasAnswered(): boolean {
    return this.#hasAnswered
  }

  /** How often in a row the storage was busy, whichever request asked. */
  get congestions(): number {
    return this.#congestions
  }

  /** Whether the line breaks too often for so many bytes beside others. */
  isTooMuch(bytes: number): boolean {
    return bytes > this.#breaks.maxBytes
  }

  /** Waits for a free slot; rejects with the signal's reason when aborted first. */
  acquire(transfer: TransferKind, signal: AbortSignal): Promise<ReleaseSlot> {
    return new Promise<ReleaseSlot>((resolve, reject) => {
      const queue = this.#queueOf(transfer)
      const leaveQueue = () => {
        queue.delete(item)
        signal.removeEventListener('abort', giveUp)
      }
      const giveUp = () => {
        leaveQueue()
        reject(signal.reason)
      }
      const start = () => {
        leaveQueue()
        resolve(this.#take(transfer))
      }
      const item: Waiting = { transfer, start }
      if (signal.aborted) {
        reject(signal.reason)
        return
      }
      signal.addEventListener('abort', giveUp)
      queue.add(item)
      this.#fill()
    })
  }

  /** Returns an order behind all given out before. */
  nextFileOrder(): number {
    this.#fileOrders += 1
    return this.#fileOrders
  }

  /** Hears that bytes are on their way, or of any answer: the storage lets this page in. */
  noteAnswer(): void {
    this.#hasAnswered = true
  }

  /** Hears that S3 took a request: slowly, more may run at once again. */
  noteSuccess(bytes: number): void {
    this.#hasAnswered = true
    this.#isTrying = false
    this.#congestions = 0
    this.#breaks.noteArrived(bytes)
    this.#limit = Math.min(this.#options.concurrency, this.#limit + 1 / this.#limit)
    this.#fill()
  }

  /** Hears why a request failed, as long as it has its slot. */
  noteFailure(error: unknown): void {
    if (isStorageError(error)) {
      this.#hasAnswered = true
      if (!error.isCongestion) this.#isTrying = false
    }
    if (isNetworkError(error) && mayPass(error)) this.#noteLoss()
    if (!isCongestion(error)) return
    this.noteCongestion()
    // None comes in its place before it says how long it waits.
    this.#hold(this.#options.nextTask())
  }

  /** Hears that S3 or the line was overtaxed: fewer run at once. */
  noteCongestion(): void {
    const now = this.#options.now()
    if (now - this.#congestedAt < congestionIntervalMs) return
    this.#congestedAt = now
    this.#congestions += 1
    this.#limit = Math.max(1, this.#limit / 2)
  }

  /**
   * Lets nothing start until a wait is over: no other transfer takes the place of the one that was refused. Then one transfer, the
   * smallest, finds out whether the storage takes anything again.
   */
  holdDuring(wait: Promise<void>): void {
    this.#isTrying = true
    this.#hold(wait)
  }

  #noteLoss(): void {
    const mayLoseMore = this.#breaks.noteLoss({ now: this.#options.now(), running: this.#running })
    const { settle } = this.#options
    if (mayLoseMore && settle) this.#hold(settle())
  }

  #hold(wait: Promise<void>): void {
    this.#holds += 1
    // First, the transfer that has waited joins the queue.
    const end = () =>
      this.#options.nextTask().then(() => {
        this.#holds -= 1
        this.#fill()
      })
    void wait.then(end, end)
  }

  #queueOf(transfer: TransferKind): Set<Waiting> {
    if (transfer.kind === 'part') return this.#parts
    return transfer.hasStarted ? this.#started : this.#files
  }

  #fill(): void {
    for (let item = this.#next(); item && this.#hasSlotFor(item); item = this.#next()) item.start()
  }

  #hasSlotFor({ transfer }: Waiting): boolean {
    if (this.#holds > 0) return false
    if (this.#running > 0 && (this.#isTrying || this.#mayBreak(transfer))) return false
    const { concurrency, reserve = 0 } = this.#options
    const isInReserve =
      this.#limit === concurrency && isShort(transfer) && this.#runningShort === this.#running
    return this.#running < Math.floor(this.#limit) + (isInReserve ? reserve : 0)
  }

  /** What is short is sent again soon, and needs not wait for a part that takes long. */
  #mayBreak(transfer: TransferKind): boolean {
    return !isShort(transfer) && this.isTooMuch(this.#runningBytes + transfer.bytes)
  }

  #next(): Waiting | undefined {
    if (this.#isTrying) return first([...this.#started, ...this.#files, ...this.#parts], isSmaller)
    const [file] = this.#started.size > 0 ? this.#started : this.#files
    if (file && this.#runningParts >= slotsOfPartsWhileFilesWait) return file
    return first(this.#parts, isEarlier) ?? file
  }

  #take(transfer: TransferKind): ReleaseSlot {
    this.#count(transfer, 1)
    return callableOnce(() => {
      this.#count(transfer, -1)
      this.#fill()
    })
  }

  #count(transfer: TransferKind, change: 1 | -1): void {
    this.#running += change
    this.#runningBytes += change * transfer.bytes
    if (transfer.kind === 'part') this.#runningParts += change
    if (isShort(transfer)) this.#runningShort += change
  }
}

function isShort(transfer: TransferKind): boolean {
  return transfer.kind === 'file' && transfer.isShort
}

function first(
  waiting: Iterable<Waiting>,
  isBefore: (a: TransferKind, b: TransferKind) => boolean,
): Waiting | undefined {
  let found: Waiting | undefined
  for (const item of waiting) if (!found || isBefore(item.transfer, found.transfer)) found = item
  return found
}

function isSmaller(a: TransferKind, b: TransferKind): boolean {
  return a.bytes === b.bytes ? isEarlier(a, b) : a.bytes < b.bytes
}

function isEarlier(a: TransferKind, b: TransferKind): boolean {
  if (a.kind !== 'part' || b.kind !== 'part') return false
  return a.fileOrder === b.fileOrder ? a.partNumber < b.partNumber : a.fileOrder < b.fileOrder
}

function callableOnce(action: () => void): () => void {
  let pending = true
  return () => {
    if (pending) action()
    pending = false
  }
}
