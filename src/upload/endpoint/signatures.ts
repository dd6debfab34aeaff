import type { Runtime } from '../../async/runtime.js'
import { type FileDescription, maxBatchSize, type SignedUpload } from '../../protocol/operations.js'
import { toEndpointError } from '../errors/endpoint-refusal.js'
import { withRetry } from '../retry/retry-policy.js'
import { beginLife } from '../retry/signature-life.js'
import type { EndpointQueueOptions } from './endpoint-queue.js'

/** A signature and whether there is still time to use it. */
export interface Signature {
  readonly upload: SignedUpload
  /** Whether enough of its life is left to begin a transfer. */
  isFresh(): boolean
  /** Tells the queue that it no longer lies in stock: its transfer has started, or never will. */
  release(): void
}

/** A file that wants a signature. */
export interface FileToSign {
  /** Bytes that have to be read before it can be described; 0 when it comes without a checksum. */
  readonly bytesToHash: number
  /** Says what it is; its rejection concerns this file alone. */
  describe(): Promise<FileDescription>
  /** 1 at first and higher when an earlier signature was lost or refused. */
  readonly attempt: number
  /** Takes the file out of the queue as long as its signature was not asked for. */
  readonly waitSignal: AbortSignal
  /** Aborted when the file is cancelled: its answer is discarded. */
  readonly signal: AbortSignal
}

/** What the queue works with. */
export interface SignaturesOptions extends EndpointQueueOptions {
  /** Hears of a signature that came too late to be used. */
  readonly onUnused: (upload: SignedUpload) => void
}

/** The first batch is small, so that the first transfers begin soon. */
const firstBatchSize = 20

/** The next batch is fetched when fewer signatures than this lie in stock. */
const lowWater = maxBatchSize / 2

/** Reading files for their checksums begins with few bytes, so that the first transfer begins soon. */
const firstBytesToHash = 8 * 2 ** 20
const maxBytesToHash = 64 * 2 ** 20

interface Waiting {
  readonly file: FileToSign
  readonly resolve: (signature: Signature) => void
  readonly reject: (reason: unknown) => void
}

/** Hands out signatures in the order of asking, fetched in batches before they are needed. */
export class Signatures {
  readonly #options: SignaturesOptions
  readonly #waiting = new Set<Waiting>()
  #inStock = 0
  #isScheduled = false
  #isFetching = false
  #batchSize = firstBatchSize
  #bytesToHash = firstBytesToHash

  constructor(options: SignaturesOptions) {
    this.#options = options
  }

  /** Waits for the signature of a file; rejects with a signal's reason when aborted first. */
  take(file: FileToSign): Promise<Signature> {
    const { signal, waitSignal } = file
    return new Promise((resolve, reject) => {
      const settled = () => {
        signal.removeEventListener('abort', giveUp)
        waitSignal.removeEventListener('abort', leave)
      }
      const giveUp = () => {
        this.#waiting.delete(item)
        reject(signal.reason)
      }
      const leave = () => {
        if (this.#waiting.delete(item)) item.reject(waitSignal.reason)
      }
      const item: Waiting = {
        file,
        resolve: (signature) => {
          settled()
          if (signal.aborted) this.#discard(signature)
          else resolve(signature)
        },
        reject: (reason) => {
          settled()
          reject(reason)
        },
      }
      if (signal.aborted || waitSignal.aborted) {
        reject(signal.aborted ? signal.reason : waitSignal.reason)
        return
      }
      signal.addEventListener('abort', giveUp)
      waitSignal.addEventListener('abort', leave)
      this.#waiting.add(item)
      this.#schedule()
    })
  }

  /** Waits for the end of the task that adds files, so that they share a request. */
  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      const isNeeded = this.#waiting.size > 0 && this.#inStock < lowWater
      if (!this.#isFetching && isNeeded) void this.#fetchBatch(this.#takeBatch())
    })
  }

  #takeBatch(): readonly Waiting[] {
    const batch: Waiting[] = []
    let bytes = 0
    for (const item of this.#waiting) {
      bytes += item.file.bytesToHash
      const isFull = batch.length === this.#batchSize || bytes > this.#bytesToHash
      if (isFull && batch.length > 0) break
      batch.push(item)
      this.#waiting.delete(item)
    }
    this.#batchSize = maxBatchSize
    this.#bytesToHash = Math.min(this.#bytesToHash * 2, maxBytesToHash)
    return batch
  }

  async #fetchBatch(batch: readonly Waiting[]): Promise<void> {
    this.#isFetching = true
    const patience = beginPatience(this.#options.runtime)
    const described = await Promise.all(batch.map((item) => this.#describe(item, patience)))
    patience.end()
    const known = described.filter((item) => item !== undefined)
    if (known.length > 0) await this.#sign(known)
    this.#isFetching = false
    this.#schedule()
  }

  async #sign(batch: readonly Described[]): Promise<void> {
    const { client, policy, runtime, signal, onRetry } = this.#options
    const files = batch.map(({ description }) => description)
    // Not even by the engine's end: the server may have created uploads, which only its answer names.
    const { signal: unaborted } = new AbortController()
    const earlier = Math.max(...batch.map(({ item }) => item.file.attempt)) - 1
    try {
      const answers = await withRetry(
        (number) => client.signUploads(files, { attempt: earlier + number, signal: unaborted }),
        { policy, runtime, signal, onRetry },
      )
      onRetry(undefined)
      for (const [index, { item }] of batch.entries()) {
        const answer = answers[index]
        if (answer === undefined) item.reject(new Error('No answer for this file.'))
        else if ('token' in answer) item.resolve(this.#issue(answer))
        else item.reject(toEndpointError(answer))
      }
    } catch (error) {
      for (const { item } of batch) item.reject(error)
    }
  }

  /** A file whose bytes do not come lets the others go first, and joins them when it can. */
  async #describe(item: Waiting, patience: Patience): Promise<Described | undefined> {
    const described = describe(item)
    const first = await Promise.race([described, patience.isOver])
    if (first !== 'late') return first
    void described.then((late) => {
      if (!late || item.file.signal.aborted) return
      if (item.file.waitSignal.aborted) {
        item.reject(item.file.waitSignal.reason)
        return
      }
      this.#waiting.add(item)
      this.#schedule()
    })
    return undefined
  }

  #issue(upload: SignedUpload): Signature {
    let isInStock = true
    this.#inStock += 1
    return {
      upload,
      isFresh: beginLife(upload.expiresInSeconds, this.#options.runtime),
      release: () => {
        if (!isInStock) return
        isInStock = false
        this.#inStock -= 1
        this.#schedule()
      },
    }
  }

  /** A signature that was fetched for a file which has left the queue meanwhile is not used. */
  #discard(signature: Signature): void {
    signature.release()
    this.#options.onUnused(signature.upload)
  }
}

/** How long a batch waits for files that have to be read first. */
const patienceMs = 3000

interface Patience {
  readonly isOver: Promise<'late'>
  end(): void
}

function beginPatience({ setTimer }: Pick<Runtime, 'setTimer'>): Patience {
  let end = () => {}
  const isOver = new Promise<'late'>((resolve) => {
    end = setTimer(() => resolve('late'), patienceMs)
  })
  return { isOver, end }
}

interface Described {
  readonly item: Waiting
  readonly description: FileDescription
}

async function describe(item: Waiting): Promise<Described | undefined> {
  try {
    return { item, description: await item.file.describe() }
  } catch (error) {
    item.reject(error)
    return undefined
  }
}
