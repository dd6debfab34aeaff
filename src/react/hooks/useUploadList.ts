'use client'

import { useMemo } from 'react'
import type { InterruptedUpload } from '../../upload/store/interrupted-upload.js'
import type { RemovedFiles } from '../../upload/store/removed-files.js'
import type { StoredFile } from '../../upload/store/stored-file.js'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'
import type { UploadSummary } from '../../upload/store/upload-summary.js'
import type { Translate } from '../text/messages.js'
import { type ReasonMessage, type ToldRejection, tellRejection } from '../text/rejection-message.js'
import { useUploads } from './useUploads.js'

/** What is known of all files of an uploader together. */
export interface UploadListState {
  /** Ids in the order the files were added. */
  readonly ids: readonly string[]
  /** The files in the bucket: stored ones and complete uploads. */
  readonly value: readonly StoredFile[]
  /** Counts, bytes, speed and time left. */
  readonly summary: UploadSummary
  /** What was not taken, one entry per reason, until it is dismissed. */
  readonly rejected: readonly ToldRejection[]
  /** What was removed last, as long as `undo` brings it back. */
  readonly removed: RemovedFiles | undefined
  /** What earlier pages have left unfinished: adding the same file again goes on with it. */
  readonly interrupted: readonly InterruptedUpload[]
}

/** Subscribes to the list as a whole; progress alone renders at most 10 times a second. */
export function useUploadList(
  uploads: ReadableUploadStore,
  translate: Translate<ReasonMessage>,
): UploadListState {
  const rejected = useUploads(uploads, (store) => store.rejected)
  return {
    ids: useUploads(uploads, (store) => store.ids),
    value: useUploads(uploads, (store) => store.value),
    summary: useUploads(uploads, (store) => store.summary),
    rejected: useMemo(
      () => rejected.map((group) => tellRejection(group, translate)),
      [rejected, translate],
    ),
    removed: useUploads(uploads, (store) => store.removed),
    interrupted: useUploads(uploads, (store) => store.interrupted),
  }
}
