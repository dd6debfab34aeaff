import type { Body, Meta, Uppy } from '@uppy/core'
import { type AddableFile, descriptorOf, splitDuplicates } from './addable-file.js'
import { inSlices } from './in-slices.js'

/** Adding so many takes Uppy no longer than the page may stand still: for each, the browser looks at the disk. */
const filesPerTask = 20

/** What happens while files are added. */
export interface FileIntakeOptions {
  /** Hears why Uppy has refused a batch; it has told everybody by its events what is wrong with single files. */
  readonly onRefused: (error: unknown) => void
  /** Hears that the first files, or the last, are in Uppy: they can be started. */
  readonly onReady: () => void
}

/** Adds files to Uppy, many of them over several tasks: the first are on their way while the others are still added. */
export class FileIntake<M extends Meta, B extends Body> {
  readonly #uppy: Uppy<M, B>
  readonly #options: FileIntakeOptions
  #waiting: (readonly AddableFile[])[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #isAdding = false

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
    this.#timer = undefined
    this.#waiting = []
  }

  /** Uppy takes or refuses a selection as a whole where it limits the number of files or their total size. */
  get #limitsSelections(): boolean {
    const { maxNumberOfFiles, maxTotalFileSize } = this.#uppy.opts.restrictions
    return Boolean(maxNumberOfFiles || maxTotalFileSize)
  }

  #addSome(): void {
    const isFirst = this.#timer === undefined
    this.#isAdding = true
    for (let added = 0; added < filesPerTask; ) {
      const batch = this.#waiting.shift()
      if (!batch) break
      added += batch.length
      for (const distinct of splitDuplicates(batch)) this.#addBatch(distinct)
    }
    this.#isAdding = false
    const isLast = this.#waiting.length === 0
    // Before the next task: those that are in begin first.
    if (isFirst || isLast) this.#options.onReady()
    this.#timer = isLast ? undefined : setTimeout(() => this.#addSome())
  }

  #addBatch(batch: readonly AddableFile[]): void {
    try {
      this.#uppy.addFiles(batch.map((file) => descriptorOf<M, B>(file)))
    } catch (error) {
      this.#options.onRefused(error)
    }
  }
}
