import type { Runtime } from '../../../async/runtime.js'
import type { FaultEffect } from './fault-effect.js'
import type { FaultableRequest } from './fault-rule.js'

/** What becomes of a request in place of an answer. */
export interface Loss {
  /** What `fetch` rejects with. */
  readonly reason: unknown
}

/** The connection of one request, which its client can leave and a fault can cut. */
export class Connection {
  readonly #client: AbortSignal
  readonly #setTimer: Runtime['setTimer']
  readonly #end = new AbortController()
  #isCut = false
  #rejectRead: (reason: unknown) => void = () => {}
  /** What the request asks for, as soon as that is known. */
  asked: Omit<FaultableRequest, 'nth'> | undefined
  /** The fault that hit the request. */
  effect: FaultEffect | undefined
  /** Aborted when that fault is taken away. */
  faultEnd: AbortSignal | undefined

  constructor(client: AbortSignal, { setTimer }: Pick<Runtime, 'setTimer'>) {
    this.#client = client
    this.#setTimer = setTimer
    client.addEventListener('abort', this.#handleAbort)
    if (client.aborted) this.#handleAbort()
  }

  get isCut(): boolean {
    return this.#isCut
  }

  /** Takes the connection away: what waits or reads rejects as `fetch` does when a connection breaks. */
  cut(): void {
    this.#isCut = true
    this.#end.abort(
      new TypeError('s3-direct-upload: a fault of the test S3 has closed the connection.'),
    )
    this.#rejectRead(this.#end.signal.reason)
  }

  /** The loss that an error stands for, if the end of the connection is what it says. */
  lossOf(error: unknown): Loss | undefined {
    const { aborted, reason } = this.#end.signal
    return aborted && (this.#isCut || error === reason) ? { reason } : undefined
  }

  /** Waits, but no longer than the fault lasts that hit the request. */
  async waitInFault(delayMs: number): Promise<void> {
    await this.wait(delayMs, this.faultEnd)
  }

  /**
   * Waits for the delay, without one for good, but not beyond the abort of `until`.
   *
   * It rejects when the client leaves or the connection is cut.
   */
  async wait(delayMs?: number, until?: AbortSignal): Promise<void> {
    const { signal } = this.#end
    signal.throwIfAborted()
    if (until?.aborted) return
    await new Promise<void>((resolve, reject) => {
      const cancelTimer = delayMs === undefined ? undefined : this.#setTimer(settle, delayMs)
      function settle() {
        cancelTimer?.()
        signal.removeEventListener('abort', settle)
        until?.removeEventListener('abort', settle)
        if (signal.aborted) reject(signal.reason)
        else resolve()
      }
      signal.addEventListener('abort', settle)
      until?.addEventListener('abort', settle)
    })
  }

  /** Reads a body until it ends or the connection is cut. */
  async *read(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    const iterator = chunks[Symbol.asyncIterator]()
    try {
      for (;;) {
        const next = await this.#untilCut(iterator.next())
        if (next.done) return
        yield next.value
      }
    } finally {
      const returned = iterator.return?.()
      // What is being read when the connection is cut may never come.
      if (this.#isCut) returned?.catch(() => undefined)
      else await returned
    }
  }

  /** Stops listening to the client. */
  close(): void {
    this.#client.removeEventListener('abort', this.#handleAbort)
  }

  readonly #handleAbort = () => {
    this.#end.abort(this.#client.reason)
  }

  #untilCut<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#rejectRead = reject
      if (this.#isCut) reject(this.#end.signal.reason)
      promise.then(resolve, reject)
    })
  }
}
