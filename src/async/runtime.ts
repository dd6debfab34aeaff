/**
 * The world that makes two runs of the same code differ: clocks, timers, chance and the network's state.
 *
 * Everything that waits, dates or draws takes it from here, so that tests and simulations bring their own. It is a plain
 * object: its functions are also called apart from it.
 */
export interface Runtime {
  /** Milliseconds of a clock that only runs forward; it may stop while the computer sleeps. */
  readonly now: () => number
  /** Milliseconds since 1970 by the wall clock, which keeps running during sleep but can be changed. */
  readonly wallNow: () => number
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number
  /** Unpredictable bytes. */
  readonly randomBytes: (length: number) => Uint8Array<ArrayBuffer>
  /** Calls `callback` once after `delayMs`; the function that is returned cancels it. */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
  /** Resolves in a task of its own, so that a page can draw and hear its user first. */
  readonly nextTask: () => Promise<void>
  /** Waits `delayMs`, less when the browser comes back online; rejects with the signal's reason when it aborts. */
  readonly sleep: (delayMs: number, signal?: AbortSignal) => Promise<void>
  /** Whether the browser believes that it has a network; `true` proves nothing. */
  readonly isOnline: () => boolean
  /** Calls `listener` when that changes; the function that is returned ends it. */
  readonly watchOnline: (listener: () => void) => () => void
}

/** The longest delay of a timer: beyond, browsers and Node fire it at once. */
const maxTimerMs = 2 ** 31 - 1

/** The clocks, timers and chance of this browser or server. */
export const systemRuntime: Runtime = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  random: () => Math.random(),
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  setTimer,
  nextTask,
  sleep,
  isOnline: () => globalThis.navigator?.onLine !== false,
  watchOnline,
}

function setTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, Math.min(delayMs, maxTimerMs))
  return () => clearTimeout(timer)
}

/** A timer would come later: browsers delay it. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      cancelTimer()
      signal?.removeEventListener('abort', stop)
      globalThis.removeEventListener?.('online', wake)
      finish()
    }
    const stop = () => settle(() => reject(signal?.reason))
    const wake = () => settle(resolve)
    const cancelTimer = setTimer(wake, delayMs)
    signal?.addEventListener('abort', stop)
    globalThis.addEventListener?.('online', wake)
    if (signal?.aborted) stop()
  })
}

function watchOnline(listener: () => void): () => void {
  const events = ['online', 'offline'] as const
  for (const event of events) globalThis.addEventListener?.(event, listener)
  return () => {
    for (const event of events) globalThis.removeEventListener?.(event, listener)
  }
}
