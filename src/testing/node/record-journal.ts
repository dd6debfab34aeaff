import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ObjectRecord } from '../s3/storage.js'
import { readText, renameInto } from './files.js'

/** An object's record on disk. */
export interface SavedObject {
  readonly record: ObjectRecord
  /** Of its file, relative to the bucket's folder. */
  readonly path: string
}

/** One change. */
type Entry = SavedObject | { readonly removed: string }

/**
 * The records of a bucket's objects in one file, a line for each change; for each key the last one holds.
 *
 * A file for each record would double the work of storing a small object.
 */
export class RecordJournal {
  readonly #path: string
  /** Lines that wait for the write before theirs to end. */
  #waiting: string[] = []
  #nextWrite: Promise<void> | undefined
  #lastWrite: Promise<void> = Promise.resolve()

  constructor(path: string) {
    this.#path = path
  }

  async load(): Promise<readonly SavedObject[]> {
    const saved = new Map<string, SavedObject>()
    for (const line of (await readText(this.#path)).split('\n')) {
      const entry = readEntry(line)
      if (entry && 'removed' in entry) saved.delete(entry.removed)
      else if (entry) saved.set(entry.record.key, entry)
    }
    return [...saved.values()]
  }

  /** Writes the journal anew with these records only, by way of a file at `incoming`. */
  async rewrite(saved: readonly SavedObject[], incoming: string): Promise<void> {
    await writeFile(incoming, saved.map(lineOf).join(''))
    await renameInto(incoming, this.#path, () => mkdir(dirname(this.#path), { recursive: true }))
  }

  /** Adds a change; those that come while others are written go out together. */
  append(entry: Entry): Promise<void> {
    this.#waiting.push(lineOf(entry))
    this.#nextWrite ??= this.#writeAfterLast()
    return this.#nextWrite
  }

  #writeAfterLast(): Promise<void> {
    const write = this.#lastWrite
      // Those who waited for that write have its error.
      .catch(() => {})
      .then(() => {
        const lines = this.#waiting.join('')
        this.#waiting = []
        this.#nextWrite = undefined
        return appendFile(this.#path, lines)
      })
    this.#lastWrite = write
    return write
  }
}

/** Begins with the line break, so that a line that broke off does not spoil the next. */
function lineOf(entry: Entry): string {
  return `\n${JSON.stringify(entry)}`
}

function readEntry(line: string): Entry | undefined {
  if (line === '') return undefined
  try {
    // What we wrote has the form we wrote.
    return JSON.parse(line) as Entry
  } catch {
    // The process ended while it wrote this line; the change was not confirmed to anybody.
    return undefined
  }
}
