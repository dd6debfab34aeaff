import { abortable } from '../../async/abortable.js'
import type { Runtime } from '../../async/runtime.js'
import { kibibyte, mebibyte } from '../../s3/byte-units.js'
import { DigestWorker, WorkerLostError } from './digest-worker.js'
import { base64Of, type Digest, sha256Base64 } from './sha256-base64.js'

/** Computes the checksums that S3 compares the bytes with. */
export interface ChecksumSource {
  /** Starts the worker if files of these sizes are worth it, so that it runs by then. */
  prepare(sizes: readonly number[]): void
  /**
   * Computes the SHA-256 of a file or a slice that fits into memory, in base64.
   *
   * Rejects with the signal's reason, or with the `DOMException` of the browser when the bytes cannot be read.
   */
  sha256(blob: Blob, signal: AbortSignal): Promise<string>
  /** Ends the worker; what is under way rejects with an `AbortError`. */
  destroy(): void
}

/** How checksums are computed. */
export interface ChecksummerOptions {
  readonly runtime: Pick<Runtime, 'setTimer'>
  /** Starts the worker that computes them. @default none where there is a `digest` of the app */
  readonly createWorker?: () => Worker
  /** Computes them where no worker runs. @default by Web Crypto */
  readonly digest?: Digest | undefined
  /** So few bytes are not worth a message to the worker. @default 128 KiB */
  readonly maxBytesInPage?: number
  /** So few bytes are not worth the start of one. @default 1 MiB */
  readonly maxBytesWithoutWorker?: number
}

/** How many slices are in memory at once. */
const concurrency = 2

/** Of what is hashed in the page, more: a browser takes longer to open a small file than to read it. */
const concurrencyInPage = 8

/** Whether this page may compute checksums: only a secure context may. */
export function isChecksumSupported(): boolean {
  return globalThis.crypto?.subtle !== undefined
}

/** Creates a source of checksums: a worker computes them, and the page those of small files and where none runs. */
export function createChecksummer({
  runtime,
  digest,
  createWorker = digest ? noWorker : startChecksumWorker,
  maxBytesInPage = 128 * kibibyte,
  maxBytesWithoutWorker = mebibyte,
}: ChecksummerOptions): ChecksumSource {
  const worker = new DigestWorker(createWorker, runtime)
  const digestInPage = digest ?? sha256Base64
  const end = new AbortController()
  const inWorkerSlot = createSlots(concurrency, { runtime })
  const inPageSlot = createSlots(concurrencyInPage, { runtime, maxMs: maxInPageMs })
  // To hash a large slice keeps the page busy for a while.
  const oneByOneInPage = createSlots(1, { runtime })

  const computeInWorker = async (blob: Blob) => {
    await worker.start()
    end.signal.throwIfAborted()
    if (!worker.isRunning) return await oneByOneInPage(() => digestInPage(blob))
    try {
      return base64Of(await worker.digest(blob))
    } catch (error) {
      if (error instanceof WorkerLostError) return await digestInPage(blob)
      throw error
    }
  }

  return {
    prepare(sizes) {
      const forWorker = sizes.filter((size) => size > maxBytesInPage)
      const bytes = forWorker.reduce((sum, size) => sum + size, 0)
      if (bytes > maxBytesWithoutWorker) void worker.start()
    },
    async sha256(blob, signal) {
      signal.throwIfAborted()
      const isSmall = blob.size <= (worker.isRunning ? maxBytesInPage : maxBytesWithoutWorker)
      const [inSlot, compute] = isSmall
        ? [inPageSlot, digestInPage]
        : [inWorkerSlot, computeInWorker]
      const computed = inSlot(async () => {
        signal.throwIfAborted()
        end.signal.throwIfAborted()
        return await compute(blob)
      })
      return await abortable(computed, signal)
    },
    destroy() {
      const reason = new DOMException('The checksums were given up.', 'AbortError')
      end.abort(reason)
      worker.stop(reason)
    },
  }
}

function noWorker(): never {
  throw new Error('A digest of the app needs no worker.')
}

/** Bundlers know this very expression, and only written in one piece: they build the worker with the app. */
function startChecksumWorker(): Worker {
  return new Worker(new URL('./checksum-worker.js', import.meta.url), { type: 'module' })
}

/** A file that lies on a dead network drive must not keep all others from being read. */
const maxSlotMs = 10_000
/** What is small is read at once. */
const maxInPageMs = 1500

/** Runs `count` tasks at once, in the order of asking; one that takes too long continues beside the others. */
function createSlots(
  count: number,
  {
    runtime,
    maxMs = maxSlotMs,
  }: { readonly runtime: Pick<Runtime, 'setTimer'>; readonly maxMs?: number },
): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = count
  const giveBack = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  return async (task) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    let isMine = true
    const end = () => {
      stopTimer()
      if (isMine) giveBack()
      isMine = false
    }
    const stopTimer = runtime.setTimer(end, maxMs)
    return await task().finally(end)
  }
}
