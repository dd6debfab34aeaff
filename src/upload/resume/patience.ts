/** Runs work that may fail or never end; then the result is `otherwise`. */
export type Attempt = <T>(work: () => Promise<T>, otherwise: T) => Promise<T>

/** Creates an `Attempt` that waits so long, and no longer at all from then on until an answer comes after all. */
export function createPatience(patienceMs: number): Attempt {
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
