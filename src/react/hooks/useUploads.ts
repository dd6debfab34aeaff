'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'

/** What is read from the store of an uploader. The component renders again when that changes, and only then. */
export function useUploads<Value>(
  uploads: ReadableUploadStore,
  select: (uploads: ReadableUploadStore) => Value,
): Value {
  const subscribe = useCallback((listener: () => void) => uploads.subscribe(listener), [uploads])
  const read = () => select(uploads)
  return useSyncExternalStore(subscribe, read, read)
}
