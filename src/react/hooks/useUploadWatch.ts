'use client'

import { useEffect } from 'react'
import type { UploadRecord } from '../../upload/store/upload-record.js'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'
import { useLatest } from '../base/useLatest.js'
import type { UploaderCallbacks } from '../options/s3-uploader-options.js'
import { watchUploads } from './watch-uploads.js'

/** Calls the callbacks of the app, which may change, while files are uploaded. */
export function useUploadWatch(uploads: ReadableUploadStore, callbacks: UploaderCallbacks): void {
  const latest = useLatest(callbacks)
  useEffect(() => {
    // Of a stored file the app was asked before.
    const tellRemoval = (file: UploadRecord) =>
      file.status !== 'stored' && latest.current.onFileRemove?.(file)
    return watchUploads(uploads, () => ({ ...latest.current, onRemove: tellRemoval }))
  }, [uploads, latest])
}
