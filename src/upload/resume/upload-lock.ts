/** Keeps two tabs, or two files of a page, from continuing the same upload. */
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

/** Creates a lock that keeps apart the files of this page alone. */
export function createPageLock(): UploadLock {
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
