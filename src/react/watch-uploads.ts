import { isActive, type UploadRecord } from '../upload/store/upload-record.js'
import type { ReadableUploadStore } from '../upload/store/upload-store.js'
import { countUnderWay } from './total-progress.js'
import type {
  CompleteUpload,
  FailedUpload,
  UploaderCallbacks,
  UploadOutcome,
} from './uploader-options.js'

/** What can be watched. */
export interface WatchCallbacks extends UploaderCallbacks {
  /** A file was paused, or goes on. */
  readonly onPauseChange?: ((file: UploadRecord) => void) | undefined
}

/** Told of what happens to uploads; what already stands in the store when watching begins is no news. */
export function watchUploads(
  uploads: ReadableUploadStore,
  callbacks: () => WatchCallbacks,
): () => void {
  const watched = new Map<string, Watched>()
  let outcome: Outcome = { complete: [], failed: [] }
  let ids: readonly string[] = []

  const handleList = () => {
    if (ids !== uploads.ids) handleIds()
    reportOutcome()
  }

  const handleIds = () => {
    ids = uploads.ids
    const present = new Set(ids)
    for (const [id, { record, stop }] of watched) {
      if (present.has(id)) continue
      stop()
      watched.delete(id)
      tell(() => callbacks().onFileRemove?.(record))
    }
    for (const id of ids) if (!watched.has(id)) watch(id)
  }

  const watch = (id: string) => {
    const record = uploads.get(id)
    if (!record) return
    const stop = uploads.subscribeTo(id, () => handleRecord(id))
    watched.set(id, { record, stop, hasBegun: isActive(record) })
  }

  const handleRecord = (id: string) => {
    const entry = watched.get(id)
    const record = uploads.get(id)
    if (!entry || !record) return
    const { record: previous } = entry
    entry.record = record
    if (record.status === 'uploading') {
      if (entry.hasBegun) tell(() => callbacks().onUploadProgress?.(record))
      else tell(() => callbacks().onUploadBegin?.(record))
      entry.hasBegun = true
    }
    if (record.status === previous.status) return
    if (record.status === 'paused' || (previous.status === 'paused' && isActive(record))) {
      tell(() => callbacks().onPauseChange?.(record))
    }
    if (record.status === 'complete') {
      outcome.complete.push(record)
      tell(() => callbacks().onUploadComplete?.(record))
    }
    if (record.status === 'failed') {
      entry.hasBegun = false
      outcome.failed.push(record)
      tell(() => callbacks().onUploadError?.(record, record.error))
    }
    reportOutcome()
  }

  const reportOutcome = () => {
    if (outcome.complete.length + outcome.failed.length === 0) return
    if (countUnderWay(uploads.summary) > 0) return
    const ended: UploadOutcome = outcome
    outcome = { complete: [], failed: [] }
    tell(() => callbacks().onComplete?.(ended))
  }

  handleIds()
  const stopList = uploads.subscribe(handleList)
  return () => {
    stopList()
    for (const { stop } of watched.values()) stop()
  }
}

interface Watched {
  record: UploadRecord
  readonly stop: () => void
  hasBegun: boolean
}

interface Outcome {
  readonly complete: CompleteUpload[]
  readonly failed: FailedUpload[]
}

/** Later, on its own: an error thrown by a callback is the app's, and must not stop the engine. */
function tell(callback: () => void): void {
  queueMicrotask(callback)
}
