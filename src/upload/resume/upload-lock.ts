import { createTabLock } from './tab-lock.js'

/** Keeps an upload from being continued twice at once. */
export interface UploadLock {
  /**
   * Takes the upload and returns its release; undefined when another tab or another file of this page has it.
   *
   * `onLost` hears when another tab has taken it while this page was in the browser’s cache.
   */
  tryLock(uploadId: string, onLost?: () => void): Promise<(() => void) | undefined>
  /** Whether a tab or a file of this page has the upload. */
  isLocked(uploadId: string): Promise<boolean>
}

/**
 * Creates a lock over all tabs of an origin; a browser gives it back itself when a tab closes or crashes.
 *
 * Where Web Locks are missing (plain http) or refused (sandboxed frames), only the files of this page are kept apart.
 *
 * @see https://www.w3.org/TR/web-locks/
 */
export function createWebLock(
  locks: LockManager | undefined = globalThis.navigator?.locks,
): UploadLock {
  const pageLock = createPageLock()
  if (!locks) return pageLock
  const tabLock = createTabLock(locks)
  return {
    tryLock: (uploadId, onLost) =>
      tabLock.tryLock(uploadId, onLost).catch(() => pageLock.tryLock(uploadId)),
    isLocked: (uploadId) => tabLock.isLocked(uploadId).catch(() => pageLock.isLocked(uploadId)),
  }
}

function createPageLock(): UploadLock {
  const holders = new Map<string, symbol>()
  return {
    async tryLock(uploadId) {
      if (holders.has(uploadId)) return undefined
      const holder = Symbol(uploadId)
      holders.set(uploadId, holder)
      return () => {
        if (holders.get(uploadId) === holder) holders.delete(uploadId)
      }
    },
    isLocked: async (uploadId) => holders.has(uploadId),
  }
}
