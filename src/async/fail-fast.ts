import type { Runtime } from './runtime.js'

/** Runs work that may fail or never end; then the result is `otherwise`. */
export type FailFast = <T>(work: () => Promise<T>, otherwise: T) => Promise<T>

/** Times out once, then fails fast until one call succeeds. */
export function createFailFast(
  timeoutMs: number,
  { setTimer }: Pick<Runtime, 'setTimer'>,
): FailFast {
  let isLost = false
  return async <T>(work: () => Promise<T>, otherwise: T) => {
    if (isLost) return otherwise
    let stopTimer = () => {}
    const waited = new Promise<T>((resolve) => {
      stopTimer = setTimer(() => {
        isLost = true
        resolve(otherwise)
      }, timeoutMs)
    })
    const answered = work()
      .catch(() => otherwise)
      .finally(() => {
        stopTimer()
        isLost = false
      })
    return await Promise.race([answered, waited])
  }
}
