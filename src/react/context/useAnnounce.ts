'use client'

import { useCallback } from 'react'
import { useRoot } from './UploaderContext.js'

/**
 * A function that says a sentence to users of screen readers, in the one live region of the uploader around.
 *
 * @throws Error outside of `Uploader.Root` and `S3Uploader`.
 * @example
 * const announce = useAnnounce()
 * <button type="button" onClick={() => announce('Sorted by name.')}>Sort</button>
 */
export function useAnnounce(): (sentence: string) => void {
  const { liveRegion } = useRoot('useAnnounce()')
  return useCallback((sentence) => liveRegion.say([sentence]), [liveRegion])
}
