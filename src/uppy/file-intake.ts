import type { Body, Meta, Uppy } from '@uppy/core'
import { type AddableFile, descriptorOf, splitDuplicates } from './addable-file.js'
import { inSlices } from './in-slices.js'

/** Adding so many takes Uppy no longer than the page may stand still: for each, the browser looks at the disk. */
const filesPerTask = 20

/** The first are started as soon as they are in, then whenever so many times as many are: some are always on their way. */
const startGrowth = 5

/** What happens while files are added. */
export interface FileIntakeOptions {
  /** Hears why Uppy has refused a batch; it has told everybody by its events what is wrong with single files. */
  readonly onRefused: (error: unknown) => void
  /** Hears that the first files, some more, or the last are in Uppy: they can be started. */
  readonly onReady: () => void
}

/** Adds files to Uppy, many of them over several tasks: the first are on their way while the others are still added. */
export class FileIntake<M extends Meta, B extends Body> {
  readonly #uppy: Uppy<M, B>
  readonly #options: FileIntakeOptions
  #waiting: (readonly AddableFile[])[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #isAdding = false
  #added = 0
  #nextStart = 0

  constructor(uppy: Uppy<M, B>, options: FileIntakeOptions) {
    this.#uppy = uppy
    this.#options = options
  }

  /** Whether it is just these files that Uppy is adding; whoever else adds some starts them alone. */
  get isAdding(): boolean {
    return this.#isAdding
  }

  /** Adds the first files at once, and the others behind those that wait already. */
  add(files: readonly AddableFile[]): void {
    this.#waiting.push(...inSlices(files, this.#limitsSelections ? files.length : filesPerTask))
    if (this.#timer === undefined) this.#addSome()
  }

  /** Forgets the files that wait. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#waiting = []
    this.#end()
  }

  /** Uppy takes or refuses a selection as a whole where it limits the number of files or their total size. */
  get #limitsSelections(): boolean {
    const { maxNumberOfFiles, maxTotalFileSize } = this.#uppy.opts.restrictions
    return Boolean(maxNumberOfFiles || maxTotalFileSize)
  }

  #addSome(): void {
    const limit = this.#added + filesPerTask
    this.#isAdding = true
    while (this.#added < limit) {
      const batch = this.#waiting.shift()
      if (!batch) break
      this.#added += batch.length
      for (const distinct of splitDuplicates(batch)) this.#addBatch(distinct)
    }
    this.#isAdding = false
    const isLast = this.#waiting.length === 0
    // Before the next task: those that are in begin first.
    if (isLast || this.#added >= this.#nextStart) {
      this.#options.onReady()
      this.#nextStart = this.#added * startGrowth
    }
    if (isLast) this.#end()
    else this.#timer = setTimeout(() => this.#addSome())
  }

  #end(): void {
    this.#timer = undefined
    this.#added = 0
    this.#nextStart = 0
  }

  #addBatch(batch: readonly AddableFile[]): void {
    try {
      this.#uppy.addFiles(batch.map((file) => descriptorOf<M, B>(file)))
    } catch (error) {
      this.#options.onRefused(error)
    }
  }
}
