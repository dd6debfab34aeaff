import type { DigestMessage, DigestRequest } from './digest-messages.js'

/** How a worker is started, and how long it may take, in milliseconds. */
export interface DigestWorkerOptions {
  readonly createWorker: () => Worker
  readonly startTimeoutMs: number
}

/** The worker does not run, and the work is to be done elsewhere. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError'
}

interface Pending {
  resolve(digest: ArrayBuffer): void
  reject(error: unknown): void
}

/** A worker that computes digests, started when the first is asked for. */
export class DigestWorker {
  readonly #options: DigestWorkerOptions
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | undefined
  #startTimer: ReturnType<typeof setTimeout> | undefined
  #requests = 0
  #end: Error | undefined

  constructor(options: DigestWorkerOptions) {
    this.#options = options
  }

  /** Computes a SHA-256; rejects with a `WorkerLostError`, or with the `DOMException` of reading the blob. */
  digest(blob: Blob): Promise<ArrayBuffer> {
    return new Promise((resolve, reject) => {
      const worker = this.#start()
      if (!worker) {
        reject(this.#end)
        return
      }
      const request: DigestRequest = { id: ++this.#requests, blob }
      this.#pending.set(request.id, { resolve, reject })
      worker.postMessage(request)
    })
  }

  /** Ends the worker; whatever it has not answered rejects with `reason`. */
  stop(reason: Error): void {
    this.#end = reason
    clearTimeout(this.#startTimer)
    this.#worker?.terminate()
    for (const { reject } of this.#pending.values()) reject(reason)
    this.#pending.clear()
  }

  #start(): Worker | undefined {
    if (this.#end) return undefined
    if (this.#worker) return this.#worker
    try {
      const worker = this.#options.createWorker()
      worker.onmessage = ({ data }: MessageEvent<DigestMessage>) => this.#handleMessage(data)
      // A Content-Security-Policy, a file that is not there, a browser without module workers.
      worker.onerror = () => this.#lose()
      worker.onmessageerror = () => this.#lose()
      this.#startTimer = setTimeout(() => this.#lose(), this.#options.startTimeoutMs)
      this.#worker = worker
      return worker
    } catch (error) {
      // A script of another origin, such as a CDN's.
      this.#lose(error)
      return undefined
    }
  }

  #lose(cause?: unknown): void {
    if (!this.#end) this.stop(new WorkerLostError('The checksum worker does not run.', { cause }))
  }

  #handleMessage(message: DigestMessage): void {
    clearTimeout(this.#startTimer)
    if (message.type === 'ready') return
    const pending = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if (message.type === 'digest') pending?.resolve(message.digest)
    else pending?.reject(new DOMException(message.message, message.name))
  }
}
