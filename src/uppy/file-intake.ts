import type { Body, Meta, Uppy } from '@uppy/core'
import { nextTask } from '../upload/next-task.js'
import type { UploadStore } from '../upload/store/upload-store.js'
import type { AddableFile } from './addable-file.js'
import { FailedFiles } from './failed-files.js'
import { FileAdmission } from './file-admission.js'
import type { Rejections } from './rejections.js'
import { RejectionError } from './rejections.js'

/** So long a task may keep the page from drawing and hearing its user. */
const taskBudgetMs = 10

/** So many are added in one task whatever it takes, so that short selections are in at once. */
const minPerTask = 20

/** The first are started as soon as they are in, then whenever so many times as many are: some are always on their way. */
const startGrowth = 5

/** Uppy shows so many messages of a selection. */
const maxShownMessages = 4

/** What happens while files are added. */
export interface FileIntakeOptions<M extends Meta, B extends Body> {
  readonly store: UploadStore
  readonly rejections: Rejections<M, B>
  /** Hears that the first files, some more, or the last are in Uppy: they can be started. */
  readonly onReady: () => void
  /** Milliseconds that only grow. @default performance.now */
  readonly now?: () => number
  /** Resolves in a task of its own. @default a message to itself: timers stand still in hidden pages */
  readonly nextTask?: () => Promise<void>
}

interface Selection {
  readonly files: readonly AddableFile[]
  next: number
  replacesAll: boolean
}

/** Adds files to Uppy, many of them over several tasks: the first are on their way while the others are still added. */
export class FileIntake<M extends Meta, B extends Body> {
  readonly #uppy: Uppy<M, B>
  readonly #options: FileIntakeOptions<M, B>
  readonly #now: () => number
  readonly #nextTask: () => Promise<void>
  #waiting: Selection[] = []
  #isRunning = false
  #isAdding = false
  #added = 0
  #nextStart = 0
  readonly #shownMessages = new Set<string>()

  constructor(uppy: Uppy<M, B>, options: FileIntakeOptions<M, B>) {
    this.#uppy = uppy
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
    this.#nextTask = options.nextTask ?? nextTask
  }

  /** Whether it is just these files that Uppy is adding; whoever else adds some starts them alone. */
  get isAdding(): boolean {
    return this.#isAdding
  }

  /** Adds the first files at once, and the others behind those that wait already. */
  add(files: readonly AddableFile[], { replacesAll }: { readonly replacesAll: boolean }): void {
    if (files.length === 0) return
    this.#waiting.push({ files, next: 0, replacesAll })
    if (this.#isRunning) return
    this.#isRunning = true
    this.#options.rejections.hold()
    this.#addSome()
    void this.#addOthers()
  }

  /** Forgets the files that wait. */
  clear(): void {
    this.#waiting = []
    this.#end()
  }

  async #addOthers(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#nextTask()
      if (this.#waiting.length > 0) this.#addSome()
    }
  }

  #addSome(): void {
    const [selection] = this.#waiting
    if (!selection) return
    this.#isAdding = true
    this.#addSlice(selection)
    this.#isAdding = false
    if (selection.next >= selection.files.length) {
      this.#waiting = this.#waiting.filter((other) => other !== selection)
    }
    const isLast = this.#waiting.length === 0
    // Before the next task: those that are in begin first.
    if (this.#added > 0 && (isLast || this.#added >= this.#nextStart)) {
      this.#options.onReady()
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
    const begun = this.#now()
    const failed = new FailedFiles(this.#options.store)
    const admission = new FileAdmission(this.#uppy, {
      findFailed: (file) => failed.take(file),
      replacesAll: selection.replacesAll,
    })
    let count = 0
    while (count < minPerTask || this.#now() - begun < taskBudgetMs) {
      const file = selection.files[selection.next]
      if (!file) break
      selection.next += 1
      count += 1
      this.#take(admission, file)
    }
    this.#commit(admission)
    if (admission.takenCount > 0) selection.replacesAll = false
    this.#added += admission.takenCount
  }

  #commit(admission: FileAdmission<M, B>): void {
    try {
      admission.commit()
      // What was chosen again stands where it stood.
      if (admission.hasReplaced) this.#options.store.sort(Object.keys(this.#uppy.getState().files))
    } catch (error) {
      // A listener of the app throws: the other files go on.
      this.#options.rejections.noteThrown(error)
    }
  }

  #take(admission: FileAdmission<M, B>, addable: AddableFile): void {
    try {
      admission.take(addable)
    } catch (error) {
      if (error instanceof RejectionError) this.#tellRejection(error)
      else this.#options.rejections.noteThrown(error, addable.file.name)
    }
  }

  /** Tells it to whoever listens to Uppy. */
  #tellRejection(error: RejectionError<M, B>): void {
    const { file, message, isUserFacing } = error
    this.#uppy.emit('restriction-failed', file, error)
    this.#uppy.log(error, 'warning')
    const isShown = isUserFacing && !this.#shownMessages.has(message)
    if (!isShown || this.#shownMessages.size >= maxShownMessages) return
    this.#shownMessages.add(message)
    this.#uppy.info(message, 'error', this.#uppy.opts.infoTimeout)
  }
}
