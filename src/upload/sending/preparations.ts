import { abortable } from '../../async/abortable.js'
import { mediaTypeOf } from '../../protocol/file-media-type.js'
import { refusedFile } from '../errors/file-errors.js'
import { sourceOf } from '../reading/readable-file.js'
import type { FileFacts, UploadRecord } from '../store/upload-record.js'
import type { UploadStore } from '../store/upload-store.js'

/** What an app may make of a file before it is signed: the promise of another one, or of nothing when it stays as it is. */
export type PrepareFile = (
  file: File,
  options: { readonly signal: AbortSignal },
) => Promise<Blob | undefined> | Blob | undefined

/** What is new of a file that was prepared. */
type PreparedFacts = Required<Pick<FileFacts, 'name' | 'type' | 'size'>> & {
  readonly source: Blob
}

/** How files are prepared. */
export interface PreparationOptions {
  /** Asked for every file, so that the option may change meanwhile. */
  readonly prepare: () => PrepareFile | undefined
  /** Throws an `UploadError` when a rule is against the result. */
  readonly requireFit?: ((facts: PreparedFacts) => void) | undefined
  /** Hears what has become of a file. */
  readonly onPrepared?: ((id: string) => void) | undefined
}

/** What happens to one file. */
interface PreparationScope {
  /** Aborted when the file is cancelled. */
  readonly signal: AbortSignal
  /** The app has been asked. */
  readonly onBegin: () => void
}

/** So many at once: a picture of 12 megapixels takes 48 MB while it is drawn. */
const concurrency = 2

/** Has the app prepare files, a few at once, in the order of asking. */
export class Preparations {
  readonly #store: UploadStore
  readonly #options: PreparationOptions
  readonly #waiting = new Set<() => void>()
  #running = 0

  constructor(store: UploadStore, options: PreparationOptions = { prepare: () => undefined }) {
    this.#store = store
    this.#options = options
  }

  /** Whether a file is still as it was chosen, and the app wants to prepare files. */
  areWantedFor(record: UploadRecord | undefined): boolean {
    return Boolean(record?.source && !record.chosen && this.#options.prepare())
  }

  /**
   * Prepares a file of the store, and notes the result there.
   *
   * Rejects with a `FileError` when the app refuses it, and with the signal's reason when that aborts.
   */
  async run(id: string, { signal, onBegin }: PreparationScope): Promise<void> {
    await this.#takeSlot(signal)
    try {
      const record = this.#store.get(id)
      if (!record || !this.areWantedFor(record)) return
      onBegin()
      const facts = await this.#prepare(record, signal)
      this.#options.requireFit?.(facts)
      const { name, type, size, source } = record
      this.#store.setFacts(id, { ...facts, chosen: { name, type, size, source } })
      this.#options.onPrepared?.(id)
    } finally {
      this.#freeSlot()
    }
  }

  async #prepare(record: UploadRecord, signal: AbortSignal): Promise<PreparedFacts> {
    const source = sourceOf(record)
    const { name, type } = record
    const isTyped = source instanceof File && source.type === type
    const file = isTyped ? source : new File([source], name, { type })
    const asked = Promise.resolve().then(() => this.#options.prepare()?.(file, { signal }))
    const result = await abortable(asked, signal).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : refusedFile(error)
    })
    if (!result || result === file) return { name, type, size: source.size, source }
    // What the app has renamed in Uppy keeps its name, unless it is another here.
    const isRenamed = result instanceof File && result.name !== file.name
    const newName = isRenamed ? result.name : name
    const newType = mediaTypeOf({ name: newName, type: result.type })
    return { name: newName, type: newType, size: result.size, source: result }
  }

  #takeSlot(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        this.#waiting.delete(start)
        this.#running += 1
        resolve()
      }
      const leave = () => {
        if (this.#waiting.delete(start)) reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      if (signal.aborted) reject(signal.reason)
      else if (this.#running < concurrency) start()
      else this.#waiting.add(start)
    })
  }

  #freeSlot(): void {
    this.#running -= 1
    const [next] = this.#waiting
    next?.()
  }
}
