import type { ReadableUploadStore } from '../upload/store/upload-store.js'

/**
 * Has the browser ask before the page is left while files are under way; the function ends that.
 *
 * @see https://html.spec.whatwg.org/multipage/nav-history-apis.html#the-beforeunloadevent-interface
 */
export function warnOnLeave(
  uploads: ReadableUploadStore,
  { isWanted }: { readonly isWanted: () => boolean },
): () => void {
  const handleBeforeUnload = (event: BeforeUnloadEvent) => {
    const { waiting, uploading, finishing, paused } = uploads.summary.counts
    const underWay = waiting + uploading + finishing + paused
    if (isWanted() && underWay > 0) event.preventDefault()
  }
  // Only a page that has uploads to lose gives up the browser's cache of pages for going back.
  let isListening = false
  const update = () => {
    const isNeeded = uploads.ids.length > 0
    if (isNeeded === isListening) return
    isListening = isNeeded
    const change = isNeeded ? 'addEventListener' : 'removeEventListener'
    globalThis[change]?.('beforeunload', handleBeforeUnload)
  }
  const unsubscribe = uploads.subscribe(update)
  update()
  return () => {
    unsubscribe()
    globalThis.removeEventListener?.('beforeunload', handleBeforeUnload)
  }
}
