import type { Body, Meta, RestrictionError, Uppy, UppyFile } from '@uppy/core'
import { callSafely } from '../../async/call-safely.js'
import type { Runtime } from '../../async/runtime.js'
import type { UploadStore } from '../../upload/store/upload-store.js'
import type { AddableFile } from './addable-file.js'
import { Duplicates } from './duplicates.js'
import { FailedFiles } from './failed-files.js'
import { FileAdmission } from './file-admission.js'
import type { Rejections } from './rejections.js'
import type { UppyTools } from './uppy-tools.js'
import type { WaitingFile, Selection as WaitingSelection } from './waiting-files.js'

/** So long a task may keep the page from drawing and hearing its user. */
const taskBudgetMs = 10

/** So many are added in one task whatever it takes, so that short selections are in at once. */
const minPerTask = 20

/** The first are started as soon as they are in, then whenever so many times as many are: some are always on their way. */
const startGrowth = 5

/** Uppy shows so many messages of a selection. */
const maxShownMessages = 4

/** What happens while files are added. */
interface FileIntakeOptions<M extends Meta, B extends Body> {
  readonly tools: UppyTools
  readonly store: UploadStore
  readonly rejections: Rejections<M, B>
  /** Hears that a file takes the place of all there are, right before. */
  readonly onReplace: () => void
  /** Hears which files have left for others, even where a listener of the app keeps Uppy from telling it. */
  readonly onLeft: (ids: readonly string[]) => void
  /** Hears likewise which files are in Uppy. */
  readonly onAdded: (files: readonly UppyFile<M, B>[]) => void
  /** Hears that the first files, some more, or the last are in Uppy: they can be started. */
  readonly onReady: (isStarted: boolean) => void
  /** Whether files that are in the list already are set aside; asked for each. */
  readonly findsDuplicates: () => boolean
  /** Whether the app makes other files of them, whose size counts in place of theirs; asked for each. */
  readonly arePrepared: () => boolean
  /** What the app says of a file; throws where the app does. */
  readonly metadataOf: (file: File) => Readonly<Record<string, string>> | undefined
  readonly runtime: Runtime
}

interface Selection {
  readonly files: readonly WaitingFile[]
  next: number
  replacesAll: boolean
  readonly isStarted: boolean
}

/** Adds files to Uppy, many of them over several tasks: the first are on their way while the others are still added. */
export class FileIntake<M extends Meta, B extends Body> {
  readonly #uppy: Uppy<M, B>
  readonly #options: FileIntakeOptions<M, B>
  #waiting: Selection[] = []
  #isRunning = false
  #admission: FileAdmission<M, B> | undefined
  #added = 0
  #nextStart = 0
  /** Rows whose files were rejected, or stand in another one; removed together, since each removal draws the list. */
  readonly #leftRows: string[] = []
  readonly #shownMessages = new Set<string>()
  readonly #duplicates: Duplicates
  #setAside: AddableFile[] = []

  constructor(uppy: Uppy<M, B>, options: FileIntakeOptions<M, B>) {
    this.#uppy = uppy
    this.#options = options
    this.#duplicates = new Duplicates({ ...options, isWanted: options.findsDuplicates })
  }

  /** Whether it is just these files that Uppy is adding; whoever else adds some starts them alone. */
  get isAdding(): boolean {
    return this.#admission !== undefined
  }

  /** Adds the first files at once, and the others behind those that wait already. */
  add(
    files: readonly WaitingFile[],
    options: { readonly replacesAll: boolean; readonly isStarted: boolean },
  ): void {
    if (files.length === 0) return
    // A copy: the list stays the app's own.
    this.#waiting.push({ files: [...files], next: 0, ...options })
    if (this.#isRunning) return
    this.#isRunning = true
    this.#options.rejections.hold()
    const waiting = this.#waiting
    this.#addSome(waiting)
    void this.#addOthers(waiting)
  }

  /** Adds the files that were set aside because the list has them already. */
  addSetAside(): void {
    const files = this.#setAside.map((file) => ({ ...file, isChecked: true }))
    this.#setAside = []
    this.add(files, { replacesAll: false, isStarted: false })
  }

  /** Forgets the files that were set aside. */
  forgetSetAside(): void {
    this.#setAside = []
  }

  /** Forgets the files that wait, and those that are just being looked at. */
  clear(): void {
    this.takeRest()
  }

  /** Forgets them, and returns those that wait. */
  takeRest(): readonly WaitingSelection[] {
    const waiting = this.#waiting
    this.#waiting = []
    this.#setAside = []
    this.#duplicates.clear()
    this.#admission?.cancel()
    this.#end()
    return waiting.map(({ files, next, replacesAll, isStarted }) => ({
      files: files.slice(next),
      replace: replacesAll,
      isStarted,
    }))
  }

  /** Whether a file with a row has yet to be added. */
  isWaiting(id: string): boolean {
    return this.#waiting.some(({ files, next }) =>
      files.some((file, index) => index >= next && file.id === id),
    )
  }

  async #addOthers(waiting: Selection[]): Promise<void> {
    while (this.#isCurrent(waiting)) {
      await this.#options.runtime.nextTask()
      if (this.#isCurrent(waiting)) this.#addSome(waiting)
    }
  }

  /** What was forgotten meanwhile has a loop of its own, which ends. */
  #isCurrent(waiting: readonly Selection[]): boolean {
    return this.#waiting === waiting && waiting.length > 0
  }

  #addSome(waiting: Selection[]): void {
    const [selection] = waiting
    if (!selection) return
    this.#addSlice(selection)
    if (this.#waiting !== waiting) return
    const isOver = selection.next >= selection.files.length
    if (isOver) waiting.shift()
    const isLast = waiting.length === 0
    const isDue = isLast || (isOver && selection.isStarted) || this.#added >= this.#nextStart
    // Before the next task: those that are in begin first.
    if (this.#added > 0 && isDue) {
      callSafely(() => this.#options.onReady(selection.isStarted))
      this.#nextStart = this.#added * startGrowth
    }
    if (isLast) this.#end()
  }

  #end(): void {
    this.#isRunning = false
    this.#added = 0
    this.#nextStart = 0
    this.#shownMessages.clear()
    this.#options.rejections.release()
  }

  #addSlice(selection: Selection): void {
    const { now } = this.#options.runtime
    const startedAt = now()
    if (selection.next === 0) this.#duplicates.look(this.#idsWithBytes())
    const failed = new FailedFiles(this.#options.store)
    const admission = new FileAdmission(this.#uppy, {
      ...this.#options,
      findFailed: (file) => failed.take(file),
      replacesAll: selection.replacesAll,
      storedCount: this.#options.store.summary.counts.stored,
      onReplace: this.#options.onReplace,
      onLeft: this.#options.onLeft,
    })
    this.#admission = admission
    try {
      for (let count = 0; count < minPerTask || now() - startedAt < taskBudgetMs; count += 1) {
        const file = selection.files[selection.next]
        if (!file || admission.isCancelled) break
        selection.next += 1
        if (!this.#isHeld(file, selection)) this.#take(admission, file)
      }
      this.#commit(admission, selection)
    } finally {
      this.#options.store.remove(this.#leftRows.splice(0))
      // A hook may have cancelled it and started another one.
      if (this.#admission === admission) this.#admission = undefined
    }
  }

  #idsWithBytes(): readonly string[] {
    return this.#uppy.getFiles().flatMap(({ id, isGhost }) => (isGhost ? [] : id))
  }

  /** Whether it may be in the list already: then it is added, or set aside, when that is known. */
  #isHeld(addable: WaitingFile, { replacesAll, isStarted }: Selection): boolean {
    if (replacesAll) return false
    return this.#duplicates.check(addable, (isDuplicate) => {
      if (isDuplicate) this.#putAside(addable)
      else this.add([{ ...addable, isChecked: true }], { replacesAll, isStarted })
    })
  }

  #putAside({ id, ...addable }: WaitingFile): void {
    const { name } = addable.file
    const { rejections, store, tools } = this.#options
    // Removed meanwhile.
    if (id !== undefined && !store.get(id)) return
    if (id !== undefined) store.remove([id])
    this.#setAside.push(addable)
    const message = this.#uppy.i18n('noDuplicates', { fileName: name })
    const facts = { reason: 'duplicate', name, canAddAnyway: true } as const
    const error = new tools.RejectionError<M, B>(message, facts, { isUserFacing: false })
    rejections.note(undefined, error)
    callSafely(() => this.#uppy.emit('restriction-failed', undefined, error))
  }

  #commit(admission: FileAdmission<M, B>, selection: Selection): void {
    const added = admission.commit()
    if (admission.isCancelled) return
    const { store, onAdded } = this.#options
    // Rows from before Uppy had their files know less of them.
    const hadRows = selection.files[0]?.id !== undefined
    onAdded(hadRows ? added : added.filter(({ id }) => store.get(id) === undefined))
    // What was chosen again stands where it stood.
    if (admission.hasReplaced) store.sort(Object.keys(this.#uppy.getState().files))
    if (added.length > 0) selection.replacesAll = false
    this.#added += added.length
  }

  #take(admission: FileAdmission<M, B>, addable: WaitingFile): void {
    const { store, rejections, tools } = this.#options
    const { id } = addable
    const row = id === undefined ? undefined : store.get(id)
    // Removed before Uppy has had it.
    if (id !== undefined && !row) return
    try {
      const taken = admission.take({ ...addable, isPaused: row?.status === 'paused' })
      this.#duplicates.note(taken, addable.file, addable.relativePath)
      if (id !== undefined && taken !== id) this.#leftRows.push(id)
    } catch (error) {
      if (id !== undefined) this.#leftRows.push(id)
      if (error instanceof tools.RestrictionError) this.#tellRejection(error, addable.file.name)
      else rejections.noteThrown(error, addable.file.name)
    }
  }

  /** Tells it to whoever listens to Uppy. */
  #tellRejection(error: RestrictionError<M, B>, name: string): void {
    const { file, message, isUserFacing } = error
    // A listener of the app that throws keeps Uppy from calling those behind it.
    this.#options.rejections.note(file, error, { reason: 'other', name })
    callSafely(() => this.#uppy.emit('restriction-failed', file, error))
    this.#uppy.log(error, 'warning')
    const isShown = isUserFacing && !this.#shownMessages.has(message)
    if (!isShown || this.#shownMessages.size >= maxShownMessages) return
    this.#shownMessages.add(message)
    callSafely(() => this.#uppy.info(message, 'error', this.#uppy.opts.infoTimeout))
  }
}
