import type { Runtime } from './runtime.js'

/** Waits no longer for a page that is never idle. */
const maxWaitMs = 2000

/** Safari has no idle callbacks: by then most pages have drawn themselves. */
const delayMs = 200

/** Calls `callback` when the page has nothing else to do; the function that is returned cancels it. */
export function whenIdle(
  callback: () => void,
  { setTimer }: Pick<Runtime, 'setTimer'>,
): () => void {
  if (!globalThis.requestIdleCallback) return setTimer(callback, delayMs)
  const handle = requestIdleCallback(callback, { timeout: maxWaitMs })
  return () => cancelIdleCallback(handle)
}
