import { vi } from 'vitest'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import type {
  TransportRequest,
  TransportResponse,
} from '../../src/upload/transfer/http-transport.js'

/** What a line in virtual time is like. */
export interface VirtualLineOptions {
  /** Of all requests together. */
  readonly bytesPerSecond: number
  /** Every request under way is reset so often. @default never */
  readonly cutEverySeconds?: number
  /** Whether the browser sends what was reset once more by itself, as Chromium and Firefox do. @default true */
  readonly isSentAgainUnheard?: boolean
  /** Whether progress is reported; behind a service worker it is not. @default true */
  readonly reportsProgress?: boolean
}

interface Transfer {
  readonly size: number
  readonly onProgress: (sentBytes: number) => void
  readonly arrive: () => void
  readonly fail: () => void
  sentBytes: number
  isSecond: boolean
}

const stepMs = 50

/** Not the one of the fake clock. */
const waitReally = globalThis.setTimeout

/** A line that all requests of a page share, under fake timers; `sentBytes` has those that were lost too. */
export class VirtualLine {
  sentBytes = 0
  readonly #options: VirtualLineOptions
  readonly #transfers = new Set<Transfer>()
  readonly #timer: ReturnType<typeof setInterval>
  #elapsedMs = 0

  constructor(options: VirtualLineOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#step(), stepMs)
  }

  get elapsedSeconds(): number {
    return this.#elapsedMs / 1000
  }

  /** Carries a request, then has it answered by `send`. */
  carry = async (
    send: (request?: TransportRequest) => Promise<TransportResponse>,
    request: TransportRequest,
  ): Promise<TransportResponse> => {
    const { body, signal, onProgress, url } = request
    const size = body instanceof Blob ? body.size : (body.get('file') as File).size
    const { reportsProgress = true } = this.#options
    const report = (sentBytes: number) => {
      if (reportsProgress) onProgress(sentBytes, size)
    }
    await new Promise<void>((resolve, reject) => {
      const transfer: Transfer = {
        size,
        onProgress: report,
        arrive: resolve,
        fail: () => reject(new NetworkError('Reset.', { code: 'network', url })),
        sentBytes: 0,
        isSecond: false,
      }
      this.#transfers.add(transfer)
      signal.addEventListener('abort', () => {
        this.#transfers.delete(transfer)
        reject(signal.reason)
      })
    })
    return await send({ ...request, onProgress: () => {} })
  }

  /** Lets the time pass until the work is done, or so many seconds are over. */
  async runUntil(done: Promise<unknown>, seconds: number): Promise<void> {
    let isDone = false
    void done.then(() => {
      isDone = true
    })
    while (!isDone && this.elapsedSeconds < seconds) {
      await vi.advanceTimersByTimeAsync(stepMs)
      // What is really asynchronous has its turn; hashing, which nothing on the line waits for, has threads of its own.
      const isIdle = this.#transfers.size === 0
      await new Promise<void>((resolve) => {
        if (isIdle) waitReally(resolve, 1)
        else setImmediate(resolve)
      })
    }
  }

  end(): void {
    clearInterval(this.#timer)
  }

  #step(): void {
    const { bytesPerSecond, cutEverySeconds = Number.POSITIVE_INFINITY } = this.#options
    this.#elapsedMs += stepMs
    const share = (bytesPerSecond * stepMs) / 1000 / this.#transfers.size
    for (const transfer of [...this.#transfers]) {
      const bytes = Math.min(share, transfer.size - transfer.sentBytes)
      this.sentBytes += bytes
      transfer.sentBytes += bytes
      transfer.onProgress(Math.floor(transfer.sentBytes))
      if (transfer.sentBytes < transfer.size) continue
      this.#transfers.delete(transfer)
      transfer.arrive()
    }
    if (this.#elapsedMs % (cutEverySeconds * 1000) === 0) this.#cut()
  }

  #cut(): void {
    const { isSentAgainUnheard = true } = this.#options
    for (const transfer of [...this.#transfers]) {
      transfer.sentBytes = 0
      if (isSentAgainUnheard && !transfer.isSecond) transfer.isSecond = true
      else {
        this.#transfers.delete(transfer)
        transfer.fail()
      }
    }
  }
}
