import { changeStored } from '../upload/store/change-stored.js'
import type { StoredFile, StoredFileState } from '../upload/store/stored-file.js'
import { storedFileOf } from '../upload/store/stored-file-of.js'
import type { UploadStore } from '../upload/store/upload-store.js'

/** Files that were in the bucket before, among the uploads of a plugin: Uppy and the engine never see them. */
export class StoredFiles {
  readonly #store: UploadStore
  readonly #letGo: (id: string) => void

  constructor(store: UploadStore, letGo: (id: string) => void) {
    this.#store = store
    this.#letGo = letGo
  }

  /**
   * Makes these the files in the bucket: of a new key there is a row, of one that is missing there is none any more.
   *
   * With `known`, only those keys may go. Nothing is deleted, and files under way stay.
   */
  set(files: readonly StoredFile[], known?: ReadonlySet<string>): void {
    const gone = changeStored(this.#store, files, known)
    for (const id of gone) {
      // One that was uploaded here is none of ours any more: nothing is told of it, or asked to be deleted.
      const stored = storedFileOf(this.#store.get(id))
      if (stored) this.#store.setState(id, { status: 'stored', stored, isReleased: true })
    }
    this.#store.remove(gone)
    for (const id of gone) this.#letGo(id)
  }

  /** Takes a stored file from the list for good: it is deleted. */
  remove(id: string): void {
    if (this.#store.get(id)?.status === 'stored') this.#store.remove([id])
  }

  /** Notes that a stored file is being removed, or what has gone wrong with it. */
  note(id: string, change: Pick<StoredFileState, 'isRemoving' | 'problem'>): void {
    const record = this.#store.get(id)
    if (record?.status !== 'stored') return
    this.#store.setState(id, { status: 'stored', stored: record.stored, ...change })
  }
}
