/** A place among the transfers that may run at once; call it to give the place back. */
export type ReleaseSlot = () => void

/** What waits for a slot: a whole file in one request, or one part of a file that goes in many. */
export type TransferKind =
  | { readonly kind: 'file'; readonly hasStarted: boolean; readonly isShort: boolean }
  /** `turn` orders the files that go in parts: the lowest is finished first. */
  | { readonly kind: 'part'; readonly turn: number }

/** Parts leave all other slots to files that go in one request, as long as such files wait. */
const slotsOfPartsWhileFilesWait = 1

/** Transfers that were refused together count as one sign of congestion. */
const congestionIntervalMs = 1000

interface Waiting {
  readonly transfer: TransferKind
  readonly start: () => void
}

/** What a scheduler works with. */
export interface TransferSchedulerOptions {
  /** The most transfers at once. */
  readonly concurrency: number
  /**
   * Short files beyond that, as long as all that run are short.
   *
   * They wait in the browser, which has them on their way sooner than the page could once a connection is free.
   *
   * @default 0
   */
  readonly reserve?: number
  readonly now: () => number
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
  #limit: number
  #running = 0
  #runningParts = 0
  #runningShort = 0
  #turns = 0
  #hasSucceeded = false
  #holds = 0
  #congestedAt = Number.NEGATIVE_INFINITY

  constructor(options: TransferSchedulerOptions) {
    this.#options = options
    this.#limit = options.concurrency
  }

  /** Whether S3 has taken any request of this page. */
  get hasSucceeded(): boolean {
    return this.#hasSucceeded
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

  /** A turn behind all given out before. */
  nextTurn(): number {
    this.#turns += 1
    return this.#turns
  }

  /** Hears that S3 took a request: slowly, more may run at once again. */
  noteSuccess(): void {
    this.#hasSucceeded = true
    this.#limit = Math.min(this.#options.concurrency, this.#limit + 1 / this.#limit)
    this.#fill()
  }

  /** Hears that S3 or the line was overtaxed: fewer run at once. */
  noteCongestion(): void {
    const now = this.#options.now()
    if (now - this.#congestedAt < congestionIntervalMs) return
    this.#congestedAt = now
    this.#limit = Math.max(1, this.#limit / 2)
  }

  /** Lets nothing begin until a wait is over: whoever was refused waits, and none comes in its place. */
  holdDuring(wait: Promise<void>): void {
    this.#holds += 1
    const end = () => {
      this.#holds -= 1
      this.#fill()
    }
    wait.then(end, end)
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
    const { concurrency, reserve = 0 } = this.#options
    const isInReserve =
      this.#limit === concurrency && isShort(transfer) && this.#runningShort === this.#running
    return this.#running < Math.floor(this.#limit) + (isInReserve ? reserve : 0)
  }

  #next(): Waiting | undefined {
    const [file] = this.#started.size > 0 ? this.#started : this.#files
    if (file && this.#runningParts >= slotsOfPartsWhileFilesWait) return file
    return lowestTurn(this.#parts) ?? file
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
    if (transfer.kind === 'part') this.#runningParts += change
    if (isShort(transfer)) this.#runningShort += change
  }
}

function isShort(transfer: TransferKind): boolean {
  return transfer.kind === 'file' && transfer.isShort
}

function lowestTurn(parts: Iterable<Waiting>): Waiting | undefined {
  let first: Waiting | undefined
  const turnOf = ({ transfer }: Waiting) => (transfer.kind === 'part' ? transfer.turn : 0)
  for (const part of parts) if (!first || turnOf(part) < turnOf(first)) first = part
  return first
}

function callableOnce(action: () => void): () => void {
  let pending = true
  return () => {
    if (pending) action()
    pending = false
  }
}
