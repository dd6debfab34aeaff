'use client'

import { useMemo } from 'react'
import type { AddableFile } from '../uppy/addable-file.js'
import type { UppyInstance } from './useUppyInstance.js'

/** What a user can do with files; the functions never change as long as the Uppy instance stays. */
export interface UploadActions {
  /** Adds files. What is not accepted is listed in `rejected`. */
  addFiles(files: readonly (File | AddableFile)[]): void
  /** Starts what has not been started, and what has failed. */
  upload(): void
  /** Starts a failed file again. */
  retry(id: string): void
  /** Starts all failed files again. */
  retryAll(): void
  /** Takes a file from the list; its upload is cancelled. */
  remove(id: string): void
  /** Cancels all uploads and empties the list. */
  cancelAll(): void
  /** Takes one entry, or all, from `rejected`. */
  dismiss(id?: number): void
}

/** The actions of an uploader. */
export function useUploadActions({ uppy, plugin }: UppyInstance): UploadActions {
  return useMemo(
    () => ({
      addFiles(files) {
        plugin?.addFiles(files.map((file) => (file instanceof File ? { file } : file)))
      },
      upload() {
        if (!plugin) return
        settle(plugin.uploadNew())
        // Uppy would tell of an empty upload's completion where nothing has failed.
        if (plugin.uploads.summary.counts.failed > 0) settle(uppy.retryAll())
      },
      retry(id) {
        if (plugin?.uploads.get(id)?.status === 'failed') settle(uppy.retryUpload(id))
      },
      retryAll: () => settle(uppy.retryAll()),
      remove: (id) => uppy.removeFile(id),
      cancelAll: () => uppy.cancelAll(),
      dismiss: (id) => plugin?.dismissRejected(id),
    }),
    [uppy, plugin],
  )
}

/** Uppy has told everybody by its events when a start is refused; the rejection says nothing more. */
function settle(start: Promise<unknown>): void {
  start.catch(() => undefined)
}
