import { anySignal } from '../../async/any-signal.js'
import type { Runtime } from '../../async/runtime.js'

/** The waits of one file before its next attempts, which the user can end. */
export class RetryWaits {
  readonly #sleep: Runtime['sleep']
  #impatience = new AbortController()

  constructor({ sleep }: Pick<Runtime, 'sleep'>) {
    this.#sleep = sleep
  }

  /** Waits `delayMs`, less when `end` is called; rejects with the signal's reason when that aborts. */
  readonly wait = async (delayMs: number, signal: AbortSignal): Promise<void> => {
    const ended = anySignal([signal, this.#impatience.signal])
    try {
      await this.#sleep(delayMs, ended.signal)
    } catch {
      signal.throwIfAborted()
    } finally {
      ended.release()
    }
  }

  /** Ends all waits that are going on. */
  end(): void {
    this.#impatience.abort()
    this.#impatience = new AbortController()
  }
}
