import { setImmediate } from 'node:timers/promises'
import { type Runtime, systemRuntime } from '../../src/async/runtime.js'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** How often what is under way may take a turn before time passes. */
const turnsBetweenTimers = 20

/** A Runtime whose time passes only when a test says so. */
export class VirtualClock {
  readonly runtime: Runtime
  readonly #timers = new Set<Timer>()
  #now = 0

  constructor(startMs = Date.now()) {
    this.runtime = {
      ...systemRuntime,
      now: () => this.#now,
      wallNow: () => startMs + this.#now,
      setTimer: (callback, delayMs) => this.#setTimer(callback, delayMs),
      sleep: (delayMs, signal) => this.#sleep(delayMs, signal),
    }
  }

  /** Milliseconds since the clock was made. */
  get now(): number {
    return this.#now
  }

  /** When the timers are due that wait for time to pass. */
  get timers(): readonly number[] {
    return [...this.#timers].map(({ at }) => at).sort((a, b) => a - b)
  }

  /** Lets time pass from timer to timer until a promise settles. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false
    const settle = () => {
      isSettled = true
    }
    promise.then(settle, settle)
    while (!isSettled) {
      await takeTurns()
      if (!isSettled) this.#fireNext()
    }
    return promise
  }

  /** Resolves as soon as somebody waits for time to pass. */
  async whenWaitedFor(): Promise<void> {
    while (this.#timers.size === 0) await setImmediate()
  }

  #fireNext(): void {
    const [next] = [...this.#timers].sort((a, b) => a.at - b.at)
    if (!next) return
    this.#timers.delete(next)
    this.#now = Math.max(this.#now, next.at)
    next.callback()
  }

  #setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { at: this.#now + delayMs, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  #sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#setTimer(resolve, delayMs)
      const stop = () => {
        cancel()
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', stop, { once: true })
      if (signal?.aborted) stop()
    })
  }
}

async function takeTurns(): Promise<void> {
  for (let turn = 0; turn < turnsBetweenTimers; turn++) await setImmediate()
}
