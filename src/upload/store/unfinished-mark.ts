const key = 's3-direct-upload:unfinished'

/** Whether a page of this origin has left uploads unfinished, as far as is known without opening the database. */
export function isUnfinishedMarked(): boolean {
  return withStorage((storage) => storage.getItem(key) !== null) ?? false
}

/** Notes whether there are unfinished uploads, so that a later page knows without loading any code. */
export function markUnfinished(isAny: boolean): void {
  withStorage((storage) => (isAny ? storage.setItem(key, '1') : storage.removeItem(key)))
}

/** A sandboxed frame or the user may forbid the storage: then nothing is known. */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(globalThis.localStorage)
  } catch {
    return undefined
  }
}
