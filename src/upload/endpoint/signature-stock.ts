import { maxBatchSize } from '../../protocol/operations.js'
import { mebibyte } from '../../s3/byte-units.js'

/** The first batch is small, so that the first transfers begin soon. */
const firstBatchSize = 20

/** The next batch is fetched when fewer signatures than this lie in stock. */
const lowWater = maxBatchSize / 2

/** Reading files for their checksums begins with few bytes, so that the first transfer begins soon. */
const firstBytesToHash = 8 * mebibyte
const maxBytesToHash = 64 * mebibyte

/** What a file has to wait for. */
interface Turn {
  readonly bytesToHash: number
  readonly goesFirst: boolean
}

interface Waiting extends Turn {
  readonly begin: () => void
}

/** Says when a file gets its signature: in batches, one after the other, while few signatures lie in stock. */
export class SignatureStock {
  readonly #waiting = new Set<Waiting>()
  /** What no transfer uses yet. */
  readonly #inStock = new Set<object>()
  #unsigned = 0
  #batchSize = firstBatchSize
  #bytesToHash = firstBytesToHash

  /** How many files of the present batch have no signature yet. */
  get unsigned(): number {
    return this.#unsigned
  }

  /** Resolves when the file belongs to the present batch; rejects when it leaves before. */
  enter({ bytesToHash, goesFirst }: Turn, left: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      left.throwIfAborted()
      const item = { bytesToHash, goesFirst, begin: resolve }
      left.addEventListener('abort', () => {
        if (this.#waiting.delete(item)) reject(left.reason)
      })
      this.#waiting.add(item)
      this.#schedule()
    })
  }

  /** Notes that a file of the present batch has its signature, or does without for now. */
  leave(): void {
    this.#unsigned -= 1
    this.#schedule()
  }

  add(signature: object): void {
    this.#inStock.add(signature)
  }

  remove(signature: object): void {
    this.#inStock.delete(signature)
    this.#schedule()
  }

  /** At the end of the task that adds files, so that they share a request. */
  #schedule(): void {
    queueMicrotask(() => {
      if (this.#unsigned === 0 && this.#inStock.size < lowWater) this.#beginBatch()
    })
  }

  #beginBatch(): void {
    let bytes = 0
    for (const item of this.#inOrder()) {
      bytes += item.bytesToHash
      const isFull = this.#unsigned === this.#batchSize || bytes > this.#bytesToHash
      if (isFull && this.#unsigned > 0) break
      this.#unsigned += 1
      this.#waiting.delete(item)
      item.begin()
    }
    if (this.#unsigned === 0) return
    this.#batchSize = maxBatchSize
    this.#bytesToHash = Math.min(this.#bytesToHash * 2, maxBytesToHash)
  }

  #inOrder(): readonly Waiting[] {
    const waiting = [...this.#waiting]
    const isFirst = ({ goesFirst }: Waiting) => goesFirst
    return [...waiting.filter(isFirst), ...waiting.filter((item) => !isFirst(item))]
  }
}
