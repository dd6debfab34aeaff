import type { Runtime } from '../../async/runtime.js'
import type { UploadError } from '../../upload/errors/upload-error.js'
import { createUploadId } from '../../upload/store/upload-id.js'
import type { UploadStatus } from '../../upload/store/upload-record.js'
import type { UploadStore } from '../../upload/store/upload-store.js'
import { waitingState } from '../../upload/store/waiting-state.js'
import type { AddableFile } from './addable-file.js'

/** A file that may have its row before Uppy has it. */
export interface WaitingFile extends AddableFile {
  /** Its id in the store, which becomes that in Uppy. @default it has no row yet */
  readonly id?: string | undefined
  /** Whether its upload is to begin paused. @default false */
  readonly isPaused?: boolean | undefined
  /** Whether it is added although the list may have it already. @default false */
  readonly isChecked?: boolean | undefined
}

/** Files that were chosen together. */
export interface Selection {
  readonly files: readonly WaitingFile[]
  /** Whether the first file that fits takes the place of all there are. */
  readonly replace: boolean
  /** Whether they are to be started when Uppy has them, although others wait for the user. */
  readonly isStarted: boolean
}

/** So many rows are drawn at once; those of the others come with their files. */
const maxRows = 200

/** What is shown of files until the code is there that works with them; keeps those that Uppy does not have yet. */
export class WaitingFiles {
  readonly #store: UploadStore
  readonly #runtime: Runtime
  #selections: readonly Selection[] = []

  constructor(store: UploadStore, runtime: Runtime) {
    this.#store = store
    this.#runtime = runtime
  }

  /** Keeps files and returns the ids of their rows. What they replace stays until they are found to fit. */
  add(files: readonly AddableFile[], replace: boolean): readonly string[] {
    const fresh = files.filter((file) => !this.#isKept(file))
    const shown = this.#withRows(fresh.slice(0, maxRows))
    const selection = { files: [...shown, ...fresh.slice(maxRows)], replace, isStarted: false }
    this.#selections = [...this.#selections, selection]
    return shown.map(({ id }) => id)
  }

  /** Gives back what was kept, to be added to Uppy. */
  handOver(): readonly Selection[] {
    const selections = this.#selections
    this.#selections = []
    return selections
  }

  /** Has all files start that are not started yet, as soon as they can; returns whether some are kept here. */
  start(): boolean {
    this.#selections = this.#selections.map((selection) => ({ ...selection, isStarted: true }))
    this.show(this.#idsOf('ready'))
    return this.#selections.length > 0
  }

  /** What Uppy has refused to start is ready again. */
  unstart(isUploading: (id: string) => boolean): void {
    const ids = this.#idsOf('waiting').filter((id) => !isUploading(id))
    for (const id of ids) this.#store.setState(id, { status: 'ready' })
  }

  /** Shows that these files wait. */
  show(ids: readonly string[]): void {
    const state = waitingState(this.#runtime)
    for (const id of ids) this.#store.setState(id, state)
  }

  /** Pauses or resumes a file that is not uploaded yet. */
  setPaused(id: string, isPaused: boolean): void {
    const status = this.#store.get(id)?.status
    if (isPaused && status === 'waiting') this.#store.setState(id, { status: 'paused' })
    if (!isPaused && status === 'paused') this.show([id])
  }

  /** The code is being loaded: what has failed for lack of it waits again. Returns what ends the look at the connection. */
  beginLoading(): () => void {
    const failed = this.#selections.flatMap(idsOf)
    this.show(failed.filter((id) => this.#store.get(id)?.status === 'failed'))
    return this.#runtime.watchOnline(() => this.show(this.#idsOf('waiting')))
  }

  /** The code could not be loaded: every file that waits has a row now, failed if it was to be uploaded. */
  fail(error: UploadError): void {
    this.#selections = this.#selections.map(({ files, ...selection }) => {
      const isStarted = files.some(({ id = '' }) => this.#store.get(id)?.status === 'waiting')
      const hidden = this.#withRows(files.filter(({ id }) => id === undefined))
      if (isStarted) this.show(hidden.map(({ id }) => id))
      return { ...selection, files: [...files.filter(({ id }) => id !== undefined), ...hidden] }
    })
    for (const id of this.#idsOf('waiting')) this.#store.setState(id, { status: 'failed', error })
  }

  /** Chosen again while it waits for another try to load the code. */
  #isKept({ file, relativePath }: AddableFile): boolean {
    return this.#selections.some(({ files }) =>
      files.some(
        ({ id = '', ...kept }) =>
          this.#store.get(id)?.status === 'failed' &&
          kept.relativePath === relativePath &&
          isSameSource(kept.file, file),
      ),
    )
  }

  #withRows(files: readonly AddableFile[]): readonly (AddableFile & { readonly id: string })[] {
    const waiting = files.map((file) => ({ ...file, id: createUploadId(this.#runtime) }))
    this.#store.add(
      waiting.map(({ id, file, relativePath }) => {
        const { name, type, size } = file
        const uploadId = createUploadId(this.#runtime)
        return { id, uploadId, name, type, size, relativePath, source: file }
      }),
    )
    return waiting
  }

  #idsOf(status: UploadStatus): readonly string[] {
    return this.#store.ids.filter((id) => this.#store.get(id)?.status === status)
  }
}

function isSameSource(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified
}

function idsOf({ files }: Selection): string[] {
  return files.flatMap(({ id }) => id ?? [])
}
