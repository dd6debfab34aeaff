/** A place among the transfers that may run at once; call it to give the place back. */
export type ReleaseSlot = () => void

/** What waits for a slot: a whole file in one request, or one part of a file that goes in many. */
export type TransferKind =
  | { readonly kind: 'file'; readonly hasStarted: boolean }
  /** `turn` orders the files that go in parts: the lowest is finished first. */
  | { readonly kind: 'part'; readonly turn: number }

/** Decides which transfer begins next, and how many run at once. */
export interface TransferScheduler {
  /** Waits for a free slot; rejects with the signal's reason when aborted first. */
  acquire(transfer: TransferKind, signal: AbortSignal): Promise<ReleaseSlot>
  /** A turn behind all given out before. */
  nextTurn(): number
  /** Whether S3 has taken any request of this page. */
  readonly hasSucceeded: boolean
  /** Hears that S3 took a request: slowly, more may run at once again. */
  noteSuccess(): void
  /** Hears that S3 or the line was overtaxed: fewer run at once. */
  noteCongestion(): void
  /** Lets nothing begin until a wait is over: whoever was refused waits, and none comes in its place. */
  holdDuring(wait: Promise<void>): void
}

/** Parts leave all other slots to files that go in one request, as long as such files wait. */
const slotsOfPartsWhileFilesWait = 1

/** Transfers that were refused together count as one sign of congestion. */
const congestionIntervalMs = 1000

interface Waiting {
  readonly transfer: TransferKind
  readonly start: () => void
}

/**
 * Creates a scheduler of at most `concurrency` transfers at once.
 *
 * Started files come first, then those that go in one request, in the order of asking. The limit follows additive
 * increase and multiplicative decrease.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5681#section-3.1
 */
export function createTransferScheduler({
  concurrency,
  now,
}: {
  readonly concurrency: number
  readonly now: () => number
}): TransferScheduler {
  const started = new Set<Waiting>()
  const files = new Set<Waiting>()
  const parts = new Set<Waiting>()
  let limit = concurrency
  let running = 0
  let runningParts = 0
  let turns = 0
  let hasSucceeded = false
  let holds = 0
  let congestedAt = Number.NEGATIVE_INFINITY

  const queueOf = (transfer: TransferKind) => {
    if (transfer.kind === 'part') return parts
    return transfer.hasStarted ? started : files
  }

  const next = (): Waiting | undefined => {
    const [file] = started.size > 0 ? started : files
    if (file && runningParts >= slotsOfPartsWhileFilesWait) return file
    return lowestTurn(parts) ?? file
  }

  const fill = () => {
    while (holds === 0 && running < Math.floor(limit)) {
      const item = next()
      if (!item) return
      item.start()
    }
  }

  const take = ({ kind }: TransferKind): ReleaseSlot => {
    const count = kind === 'part' ? 1 : 0
    running += 1
    runningParts += count
    return callableOnce(() => {
      running -= 1
      runningParts -= count
      fill()
    })
  }

  return {
    acquire: (transfer, signal) =>
      new Promise<ReleaseSlot>((resolve, reject) => {
        const queue = queueOf(transfer)
        const leaveQueue = () => {
          queue.delete(item)
          signal.removeEventListener('abort', giveUp)
        }
        const giveUp = () => {
          leaveQueue()
          reject(signal.reason)
        }
        const item: Waiting = {
          transfer,
          start() {
            leaveQueue()
            resolve(take(transfer))
          },
        }
        if (signal.aborted) {
          reject(signal.reason)
          return
        }
        signal.addEventListener('abort', giveUp)
        queue.add(item)
        fill()
      }),
    nextTurn: () => ++turns,
    get hasSucceeded() {
      return hasSucceeded
    },
    noteSuccess() {
      hasSucceeded = true
      limit = Math.min(concurrency, limit + 1 / limit)
      fill()
    },
    holdDuring(wait) {
      holds += 1
      const end = () => {
        holds -= 1
        fill()
      }
      wait.then(end, end)
    },
    noteCongestion() {
      if (now() - congestedAt < congestionIntervalMs) return
      congestedAt = now()
      limit = Math.max(1, limit / 2)
    },
  }
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
