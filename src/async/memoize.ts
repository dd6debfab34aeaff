/** Makes a function that does its work at the first call and returns the same value ever after. */
export function memoize<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Makes a function that does its work at the first call. The next one shares its result; a failure is forgotten. */
export function memoizeSuccess<T>(work: () => Promise<T>): () => Promise<T> {
  let working: Promise<T> | undefined
  return () => {
    working ??= work().catch((error: unknown) => {
      working = undefined
      throw error
    })
    return working
  }
}
