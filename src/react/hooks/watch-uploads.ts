import { isActive, type UploadedFile, type UploadRecord } from '../../upload/store/upload-record.js'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'
import { countUnderWay } from '../../upload/store/upload-summary.js'
import type {
  FailedUpload,
  UploaderCallbacks,
  UploadOutcome,
} from '../options/s3-uploader-options.js'

/** What can be watched. */
interface WatchCallbacks extends Omit<UploaderCallbacks, 'onFileRemove'> {
  /** A user has removed a file. */
  readonly onRemove?: ((file: UploadRecord) => void) | undefined
  /** A file was paused, or goes on. */
  readonly onPauseChange?: ((file: UploadRecord) => void) | undefined
}

/** Told of what happens to uploads; what already stands in the store when watching begins is no news. */
export function watchUploads(
  uploads: ReadableUploadStore,
  callbacks: () => WatchCallbacks,
): () => void {
  const watch = new UploadWatch(uploads, callbacks)
  return () => watch.stop()
}

interface Watched {
  record: UploadRecord
  readonly stop: () => void
  hasBegun: boolean
}

interface Outcome {
  readonly uploaded: UploadedFile[]
  readonly failed: FailedUpload[]
}

class UploadWatch {
  readonly #uploads: ReadableUploadStore
  readonly #callbacks: () => WatchCallbacks
  readonly #watched = new Map<string, Watched>()
  readonly #stopList: () => void
  #outcome: Outcome = { uploaded: [], failed: [] }
  #ids: readonly string[] = []

  constructor(uploads: ReadableUploadStore, callbacks: () => WatchCallbacks) {
    this.#uploads = uploads
    this.#callbacks = callbacks
    this.#handleIds()
    this.#stopList = uploads.subscribe(() => {
      this.#handleIds()
      this.#tellOutcome()
    })
  }

  stop(): void {
    this.#stopList()
    for (const { stop } of this.#watched.values()) stop()
  }

  #handleIds(): void {
    if (this.#ids === this.#uploads.ids) return
    this.#ids = this.#uploads.ids
    const present = new Set(this.#ids)
    for (const [id, { record, stop }] of this.#watched) {
      if (present.has(id)) continue
      stop()
      this.#watched.delete(id)
      if (record.status !== 'stored' || !record.isReleased)
        this.#tell((to) => to.onRemove?.(record))
    }
    for (const id of this.#ids) if (!this.#watched.has(id)) this.#watch(id)
  }

  #watch(id: string): void {
    const record = this.#uploads.get(id)
    if (!record) return
    const stop = this.#uploads.subscribeTo(id, () => this.#handleRecord(id))
    this.#watched.set(id, { record, stop, hasBegun: isActive(record) })
  }

  #handleRecord(id: string): void {
    const watched = this.#watched.get(id)
    const record = this.#uploads.get(id)
    if (!watched || !record) return
    const { record: previous } = watched
    watched.record = record
    if (record.status === 'uploading') this.#tellProgress(record, watched)
    if (record.status === previous.status) return
    if (record.status === 'paused' || (previous.status === 'paused' && isActive(record))) {
      this.#tell((to) => to.onPauseChange?.(record))
    }
    this.#tellEnd(record, watched)
  }

  #tellProgress(record: UploadRecord, watched: Watched): void {
    const { hasBegun } = watched
    watched.hasBegun = true
    if (hasBegun) this.#tell((to) => to.onUploadProgress?.(record))
    else this.#tell((to) => to.onUploadBegin?.(record))
  }

  #tellEnd(record: UploadRecord, watched: Watched): void {
    if (record.status === 'complete') {
      this.#outcome.uploaded.push(record)
      this.#tell((to) => to.onUploadComplete?.(record))
    }
    if (record.status === 'failed') {
      watched.hasBegun = false
      this.#outcome.failed.push(record)
      this.#tell((to) => to.onUploadError?.(record, record.error))
    }
  }

  /** Waits for the list: a user interface has subscribed to it before, so that it renders first what the app then reads. */
  #tellOutcome(): void {
    const outcome: UploadOutcome = this.#outcome
    if (outcome.uploaded.length + outcome.failed.length === 0) return
    if (countUnderWay(this.#uploads.summary) > 0) return
    this.#outcome = { uploaded: [], failed: [] }
    this.#tell((to) => to.onAllSettled?.(outcome))
  }

  /** Later, on its own: an error thrown by a callback is the app's, and must not stop the engine. */
  #tell(about: (callbacks: WatchCallbacks) => void): void {
    queueMicrotask(() => about(this.#callbacks()))
  }
}
