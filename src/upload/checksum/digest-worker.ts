import type { Runtime } from '../../async/runtime.js'
import type { DigestMessage, DigestRequest } from './digest-messages.js'

/** The worker does not run, and the work is to be done elsewhere. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError'
}

interface Pending {
  resolve(digest: ArrayBuffer): void
  reject(error: unknown): void
}

/** A worker that loads for longer than this may never run; until it does, the work is to be done elsewhere. */
const maxStartMs = 2000

/** A worker that computes digests. */
export class DigestWorker {
  readonly #createWorker: () => Worker
  readonly #setTimer: Runtime['setTimer']
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | undefined
  #started: Promise<void> | undefined
  #endStart = () => {}
  #requests = 0
  #state: 'new' | 'running' | 'ended' = 'new'

  constructor(createWorker: () => Worker, { setTimer }: Pick<Runtime, 'setTimer'>) {
    this.#createWorker = createWorker
    this.#setTimer = setTimer
  }

  get isRunning(): boolean {
    return this.#state === 'running'
  }

  /** Starts it, unless that was done before; resolves when it runs, is lost, or has kept everybody waiting. */
  start(): Promise<void> {
    this.#started ??= new Promise((resolve) => {
      this.#endStart = resolve
      this.#setTimer(resolve, maxStartMs)
      if (this.#state === 'new') this.#create()
    })
    return this.#started
  }

  /** Computes a SHA-256; rejects with a `WorkerLostError`, or with the `DOMException` of reading the blob. */
  digest(blob: Blob): Promise<ArrayBuffer> {
    return new Promise((resolve, reject) => {
      const request: DigestRequest = { id: ++this.#requests, blob }
      this.#pending.set(request.id, { resolve, reject })
      this.#worker?.postMessage(request)
    })
  }

  /** Ends the worker; whatever it has not answered rejects with `reason`. */
  stop(reason: Error): void {
    this.#state = 'ended'
    this.#endStart()
    this.#worker?.terminate()
    for (const { reject } of this.#pending.values()) reject(reason)
    this.#pending.clear()
  }

  #create(): void {
    try {
      const worker = this.#createWorker()
      worker.onmessage = ({ data }: MessageEvent<DigestMessage>) => this.#handleMessage(data)
      // A Content-Security-Policy, a file that is not there, a browser without module workers.
      worker.onerror = () => this.#lose()
      worker.onmessageerror = () => this.#lose()
      this.#worker = worker
    } catch {
      // A script of another origin, such as a CDN's.
      this.#lose()
    }
  }

  #lose(): void {
    if (this.#state !== 'ended') this.stop(new WorkerLostError('The checksum worker does not run.'))
  }

  #handleMessage(message: DigestMessage): void {
    if (message.type === 'ready') {
      this.#state = 'running'
      this.#endStart()
      return
    }
    const pending = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if (message.type === 'digest') pending?.resolve(message.digest)
    else pending?.reject(new DOMException(message.message, message.name))
  }
}
