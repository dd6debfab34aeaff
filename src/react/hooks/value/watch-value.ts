import type { StoredFile } from '../../../upload/store/stored-file.js'
import type { ReadableUploadStore } from '../../../upload/store/upload-store.js'
import type { ValueChangeDetails, ValueChangeReason } from '../../options/s3-uploader-options.js'

/** What a watch of the value works with. */
interface ValueWatchOptions {
  /** What the app knows to be the value already. */
  readonly known: readonly StoredFile[]
  /** Whether a choice replaces the file there is. */
  readonly isSingle: () => boolean
  readonly tell: (value: readonly StoredFile[], details: ValueChangeDetails) => void
}

/** Tells the app of each change of the value that it has not made itself, once for all that happens in one task. */
export class ValueWatch {
  readonly #uploads: ReadableUploadStore
  readonly #options: ValueWatchOptions
  readonly #stop: () => void
  /** What was told, by key. */
  #told: ReadonlyMap<string, StoredFile>
  /** Keys that have been in the value: one that comes back was restored. */
  readonly #left = new Set<string>()
  #reason: ValueChangeReason | undefined
  #seen: readonly StoredFile[] | undefined
  #isPlanned = false
  #isStopped = false

  constructor(uploads: ReadableUploadStore, options: ValueWatchOptions) {
    this.#uploads = uploads
    this.#options = options
    this.#told = byKey(options.known)
    this.#stop = uploads.subscribe(() => this.#plan())
    this.#plan()
  }

  /** Makes a change of which the app is told with this reason. */
  change(reason: ValueChangeReason, make: () => void): void {
    this.#reason = reason
    make()
    this.#plan()
  }

  /** Makes a change that comes from the app, which is not told of it. */
  accept(make: () => void): void {
    const before = byKey(this.#uploads.value)
    make()
    const after = byKey(this.#uploads.value)
    const kept = [...this.#told].filter(([key]) => after.has(key) || !before.has(key))
    const come = [...after].filter(([key]) => !before.has(key))
    this.#told = new Map([...kept, ...come])
  }

  stop(): void {
    this.#isStopped = true
    this.#stop()
  }

  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    queueMicrotask(() => {
      this.#isPlanned = false
      if (!this.#isStopped) this.#tell()
    })
  }

  #tell(): void {
    const { value } = this.#uploads
    const givenReason = this.#reason
    this.#reason = undefined
    if (value === this.#seen) return
    this.#seen = value
    const now = byKey(value)
    const come = value.filter(({ key }) => !this.#told.has(key))
    const gone = [...this.#told.values()].filter(({ key }) => !now.has(key))
    const reason = givenReason ?? this.#reasonOf(come, gone)
    this.#told = now
    for (const { key } of gone) this.#left.add(key)
    for (const { key } of come) this.#left.delete(key)
    const [file, ...others] = come.length > 0 ? come : gone
    if (file) this.#options.tell(value, { reason, file: others.length > 0 ? undefined : file })
  }

  #reasonOf(come: readonly StoredFile[], gone: readonly StoredFile[]): ValueChangeReason {
    const [file] = come
    if (!file) return 'remove'
    if (this.#left.has(file.key)) return 'undo'
    return gone.length > 0 && this.#options.isSingle() ? 'replace' : 'complete'
  }
}

function byKey(files: readonly StoredFile[]): ReadonlyMap<string, StoredFile> {
  return new Map(files.map((file) => [file.key, file]))
}
