/** Runs `task` alone among the tasks of the same name, in the order of the calls. */
export type KeyedLock = <T>(name: string, task: () => Promise<T>) => Promise<T>

/** Makes a lock whose names share nothing. */
export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<unknown>>()
  return async (name, task) => {
    const before = tails.get(name) ?? Promise.resolve()
    const run = before.then(task)
    // Whoever waits for this task only waits for its end; its error goes to its own caller.
    const tail = run.catch(() => {})
    tails.set(name, tail)
    try {
      return await run
    } finally {
      if (tails.get(name) === tail) tails.delete(name)
    }
  }
}
