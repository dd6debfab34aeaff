import type { Runtime } from '../../../async/runtime.js'
import type { AddableFile } from '../../../uppy/intake/addable-file.js'

/** Hears of files while folders are read. */
export interface FoundFilesListener {
  /** Some more files. The first come soon, so that their upload begins. */
  onFiles(files: readonly AddableFile[]): void
  /** How many there are so far; said only when reading takes a while. */
  onCount(count: number): void
}

const firstSlice = 50
const maxSliceMs = 1000
const countIntervalMs = 250

/** What a drop holds, handed on in slices, each about as large as all before it. */
export class FoundFiles {
  /** Paths of files and folders that the browser could not open. */
  readonly unreadable: string[] = []
  /** What lies in the folders, system files too. */
  entryCount = 0
  readonly #listener: FoundFilesListener
  readonly #now: Runtime['now']
  #slice: AddableFile[] = []
  #count = 0
  #slicedAt: number
  #countedAt: number

  constructor(listener: FoundFilesListener, { now }: Pick<Runtime, 'now'>) {
    this.#listener = listener
    this.#now = now
    this.#slicedAt = now()
    this.#countedAt = now()
  }

  /** How many files were found. */
  get count(): number {
    return this.#count
  }

  add(file: AddableFile): void {
    this.#slice.push(file)
    this.#count += 1
    const now = this.#now()
    const isLarge = this.#slice.length >= Math.max(firstSlice, this.#count / 2)
    if (isLarge || now - this.#slicedAt >= maxSliceMs) this.flush()
    if (now - this.#countedAt < countIntervalMs) return
    this.#countedAt = now
    this.#listener.onCount(this.#count)
  }

  /** Hands on what is left. */
  flush(): void {
    const files = this.#slice
    this.#slice = []
    this.#slicedAt = this.#now()
    if (files.length > 0) this.#listener.onFiles(files)
  }
}
