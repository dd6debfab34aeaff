import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, vi } from 'vitest'

/** Gives each test of a file an empty IndexedDB and an empty `localStorage`. */
export function freshDatabaseForEachTest(): void {
  beforeEach(() => {
    vi.stubGlobal('indexedDB', new IDBFactory())
    vi.stubGlobal('IDBKeyRange', IDBKeyRange)
    return () => {
      vi.unstubAllGlobals()
      localStorage.clear()
    }
  })
}
