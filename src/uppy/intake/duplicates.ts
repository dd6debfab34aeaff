import { loadCode } from '../../async/load-code.js'
import type { Runtime } from '../../async/runtime.js'
import { mebibyte } from '../../s3/byte-units.js'
import { createDriveTimeout, type WithinDriveTimeout } from '../../upload/store/drive-timeout.js'
import type { ReadableUploadStore } from '../../upload/store/upload-store.js'
import type { WaitingFile } from './waiting-files.js'

/** To compare larger files takes longer than to choose them once more. */
const maxComparedBytes = 256 * mebibyte

/** What the search for duplicates works with. */
interface DuplicatesOptions {
  readonly store: ReadableUploadStore
  readonly runtime: Runtime
  /** Whether files are compared at all; asked for each. */
  readonly isWanted: () => boolean
}

/**
 * Finds files that are in the list already.
 *
 * Path, name, size and date only say which files are to be compared; the bytes decide.
 */
export class Duplicates {
  readonly #options: DuplicatesOptions
  readonly #withinTimeout: WithinDriveTimeout
  #idsByFacts = new Map<string, string[]>()
  #checking: Promise<void> = Promise.resolve()
  #end = new AbortController()

  constructor(options: DuplicatesOptions) {
    this.#options = options
    this.#withinTimeout = createDriveTimeout(options.runtime)
  }

  /** Notes which files there are. */
  look(ids: readonly string[]): void {
    this.#idsByFacts = new Map()
    if (!this.#options.isWanted()) return
    for (const id of ids) {
      const record = this.#options.store.get(id)
      const source = (record?.chosen ?? record)?.source
      if (source instanceof File) this.note(id, source, record?.relativePath)
    }
  }

  /** Notes one more file. */
  note(id: string, file: File, relativePath: string | undefined): void {
    const facts = factsOf(file, relativePath)
    const ids = this.#idsByFacts.get(facts)
    if (ids) ids.push(id)
    else this.#idsByFacts.set(facts, [id])
  }

  /** Whether a file may be in the list already; then it is compared in the background, and `onChecked` hears the result. */
  check(
    { file, relativePath, isChecked }: WaitingFile,
    onChecked: (isDuplicate: boolean) => void,
  ): boolean {
    if (isChecked || file.size > maxComparedBytes || !this.#options.isWanted()) return false
    const ids = this.#idsByFacts.get(factsOf(file, relativePath))
    if (!ids?.some((id) => this.#sourceOf(id))) return false
    const { signal } = this.#end
    this.#checking = this.#checking.then(async () => {
      const isDuplicate = await this.#isAmong(file, ids, signal)
      if (!signal.aborted) onChecked(isDuplicate)
    })
    return true
  }

  /** Forgets what is being compared. */
  clear(): void {
    this.#end.abort()
    this.#end = new AbortController()
  }

  async #isAmong(file: File, ids: readonly string[], signal: AbortSignal): Promise<boolean> {
    for (const id of ids) {
      const other = this.#sourceOf(id)
      const isSame = other && !signal.aborted && (await this.#isSame(file, other, signal))
      // Removed or failed meanwhile, it is no longer in the way.
      if (isSame && this.#sourceOf(id) === other) return true
    }
    return false
  }

  /** What cannot be compared is taken for another file. */
  async #isSame(file: File, other: Blob, signal: AbortSignal): Promise<boolean> {
    if (file === other) return true
    try {
      const { runtime } = this.#options
      const { haveSameBytes } = await loadCode(importComparison, { runtime, signal })
      return await this.#withinTimeout(haveSameBytes(file, other))
    } catch {
      return false
    }
  }

  #sourceOf(id: string): Blob | undefined {
    const record = this.#options.store.get(id)
    return record?.status === 'failed' ? undefined : (record?.chosen ?? record)?.source
  }
}

const importComparison = () => import('./same-bytes.js')

function factsOf({ name, size, lastModified }: File, relativePath = ''): string {
  return `${relativePath}\n${name}\n${size}\n${lastModified}`
}
