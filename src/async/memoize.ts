/** Makes a function that does its work at the first call and returns the same value ever after. */
export function memoize<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
