import { TabLock } from './tab-lock.js'
import { createPageLock, type UploadLock } from './upload-lock.js'

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
  const tabLock = new TabLock(locks)
  return {
    tryLock: (uploadId, onLost) =>
      tabLock.tryLock(uploadId, onLost).catch(() => pageLock.tryLock(uploadId)),
    isLocked: (uploadId) => tabLock.isLocked(uploadId).catch(() => pageLock.isLocked(uploadId)),
  }
}
