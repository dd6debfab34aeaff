'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { UploadRecord } from '../../upload/store/upload-record.js'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'

/** What has records. */
interface WithUploads {
  readonly uploads: ReadableUploadStore
}

/**
 * One file of an uploader. The component renders again when this file changes, and only then.
 *
 * Undefined as soon as the file is removed.
 *
 * @example
 * const file = useUploadRecord(uploader, id)
 */
export function useUploadRecord(uploader: WithUploads, id: string): UploadRecord | undefined {
  const { uploads } = uploader
  const subscribe = useCallback(
    (listener: () => void) => uploads.subscribeTo(id, listener),
    [uploads, id],
  )
  const read = () => uploads.get(id)
  return useSyncExternalStore(subscribe, read, read)
}
