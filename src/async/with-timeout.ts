import type { Runtime } from './runtime.js'

/** Waits for work, but not longer than a time; `undefined` says that the work is still under way. */
export async function withTimeout<T>(
  work: Promise<T>,
  timeoutMs: number,
  { setTimer }: Pick<Runtime, 'setTimer'>,
): Promise<T | undefined> {
  let stopTimer = () => {}
  const timeout = new Promise<undefined>((resolve) => {
    stopTimer = setTimer(() => resolve(undefined), timeoutMs)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    stopTimer()
  }
}
