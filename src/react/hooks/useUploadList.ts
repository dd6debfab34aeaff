'use client'

import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { InterruptedUpload, ReadableUploadStore } from '../../upload/store/upload-store.js'
import type { UploadSummary } from '../../upload/store/upload-summary.js'
import type { Translate } from '../text/messages.js'
import { type ReasonMessage, type ToldRejection, tellRejection } from '../text/rejection-message.js'

/** What is known of all files of an uploader together. */
export interface UploadListState {
  /** Ids in the order the files were added. */
  readonly ids: readonly string[]
  /** Counts, bytes, speed and time left. */
  readonly summary: UploadSummary
  /** What was not taken, one entry per reason, until it is dismissed. */
  readonly rejected: readonly ToldRejection[]
  /** What earlier pages have left unfinished: adding the same file again goes on with it. */
  readonly interrupted: readonly InterruptedUpload[]
}

/** Subscribes to the list as a whole; progress alone renders at most 10 times a second. */
export function useUploadList(
  uploads: ReadableUploadStore,
  translate: Translate<ReasonMessage>,
): UploadListState {
  const subscribe = useCallback((listener: () => void) => uploads.subscribe(listener), [uploads])
  const readIds = () => uploads.ids
  const readSummary = () => uploads.summary
  const readRejected = () => uploads.rejected
  const readInterrupted = () => uploads.interrupted
  const rejected = useSyncExternalStore(subscribe, readRejected, readRejected)
  return {
    ids: useSyncExternalStore(subscribe, readIds, readIds),
    summary: useSyncExternalStore(subscribe, readSummary, readSummary),
    rejected: useMemo(
      () => rejected.map((group) => tellRejection(group, translate)),
      [rejected, translate],
    ),
    interrupted: useSyncExternalStore(subscribe, readInterrupted, readInterrupted),
  }
}
