/** Runs work that may fail or never end; then the result is `otherwise`. */
export type FailFast = <T>(work: () => Promise<T>, otherwise: T) => Promise<T>

/** Times out once, then fails fast until one call succeeds. */
export function createFailFast(patienceMs: number): FailFast {
  let isLost = false
  return async <T>(work: () => Promise<T>, otherwise: T) => {
    if (isLost) return otherwise
    let timer: ReturnType<typeof setTimeout> | undefined
    const waited = new Promise<T>((resolve) => {
      timer = setTimeout(() => {
        isLost = true
        resolve(otherwise)
      }, patienceMs)
    })
    const answered = work()
      .catch(() => otherwise)
      .finally(() => {
        clearTimeout(timer)
        isLost = false
      })
    return await Promise.race([answered, waited])
  }
}
