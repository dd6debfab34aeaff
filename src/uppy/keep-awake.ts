import type { ReadableUploadStore } from '../upload/store/upload-store.js'

/**
 * Keeps the screen on while files are under way, where the browser can; the function ends that.
 *
 * @see https://www.w3.org/TR/screen-wake-lock/
 */
export function keepAwake(
  uploads: ReadableUploadStore,
  { isWanted }: { readonly isWanted: () => boolean },
): () => void {
  let lock: Promise<WakeLockSentinel | undefined> | undefined
  const release = () => {
    const released = lock
    lock = undefined
    void released?.then((sentinel) => sentinel?.release())
  }
  const update = () => {
    const { waiting, uploading, finishing } = uploads.summary.counts
    const isNeeded =
      isWanted() && waiting + uploading + finishing > 0 && !globalThis.document?.hidden
    if (!isNeeded) release()
    // The battery may be low, or a policy of the page may forbid it.
    else lock ??= globalThis.navigator?.wakeLock?.request('screen').catch(() => undefined)
  }
  // The browser takes the lock from a page that is hidden.
  const handleVisibility = () => {
    release()
    update()
  }
  const unsubscribe = uploads.subscribe(update)
  globalThis.document?.addEventListener('visibilitychange', handleVisibility)
  return () => {
    unsubscribe()
    globalThis.document?.removeEventListener('visibilitychange', handleVisibility)
    release()
  }
}
