/** Keeps an upload from being continued twice at once. */
export interface UploadLock {
  /** Takes the upload and returns its release; undefined when another tab or another file of this page has it. */
  tryLock(uploadId: string): Promise<(() => void) | undefined>
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
    tryLock: (uploadId) => tabLock.tryLock(uploadId).catch(() => pageLock.tryLock(uploadId)),
    isLocked: (uploadId) => tabLock.isLocked(uploadId).catch(() => pageLock.isLocked(uploadId)),
  }
}

function createTabLock(locks: LockManager): UploadLock {
  const releases = new Map<string, Promise<void>>()
  const nameOf = (uploadId: string) => `s3-direct-upload:${uploadId}`

  return {
    async tryLock(uploadId) {
      // A lock given back a moment ago may still be on its way to the browser's other process.
      await releases.get(uploadId)
      return await new Promise((resolve, reject) => {
        const request = locks.request(nameOf(uploadId), { ifAvailable: true }, (lock) => {
          if (!lock) return resolve(undefined)
          return new Promise<void>((giveBack) => {
            resolve(() => {
              releases.set(uploadId, released)
              giveBack()
            })
          })
        })
        const released = request.catch(reject).finally(() => {
          if (releases.get(uploadId) === released) releases.delete(uploadId)
        })
      })
    },
    async isLocked(uploadId) {
      const { held = [] } = await locks.query()
      return held.some(({ name }) => name === nameOf(uploadId))
    },
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
