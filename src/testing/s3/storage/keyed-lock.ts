/** Runs `task` alone among the tasks of the same name, in the order of the calls. */
type KeyedLock = <T>(name: string, task: () => Promise<T>) => Promise<T>

/** Makes a lock whose names share nothing. */
export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<unknown>>()
  return async (name, task) => {
    const before = tails.get(name) ?? Promise.resolve()
    const run = before.then(task)
    // The next task waits for the end of this one; the error goes to this one's caller.
    const tail = run.catch(() => {})
    tails.set(name, tail)
    try {
      return await run
    } finally {
      if (tails.get(name) === tail) tails.delete(name)
    }
  }
}
