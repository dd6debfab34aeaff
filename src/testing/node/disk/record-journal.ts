import { appendFile, mkdir, truncate, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ObjectRecord } from '../../s3/model/storage.js'
import { readText, renameInto } from './files.js'

/** An object's record on disk. */
export interface SavedObject {
  readonly record: ObjectRecord
  /** Of its file, relative to the bucket's folder. */
  readonly path: string
  /** The file in which its bytes wait until they are moved to `path`. */
  readonly incoming?: string
  /** The upload that has become this object, and is none any more. */
  readonly uploadId?: string
}

/** One change: an object, its removal, or that the move of an object's bytes has failed. */
type Entry = SavedObject | { readonly removed: string } | { readonly unmoved: string }

/** What a journal says. */
interface JournalState {
  readonly objects: readonly SavedObject[]
  /** What was removed since the journal was written anew. */
  readonly removed: readonly SavedObject[]
  /** The uploads that have become objects since then. */
  readonly completedUploads: readonly string[]
}

/**
 * The records of a bucket's objects in one file, a line for each change; for each key the last one holds.
 *
 * A line is what publishes an object or removes it: what has to follow on the disk is done at the next start if
 * the process ends before. A file for each record would double the work of storing a small object.
 */
export class RecordJournal {
  readonly #path: string
  #bytes = 0
  /** Lines that wait for the write before theirs to end. */
  #waiting: string[] = []
  #nextWrite: Promise<void> | undefined
  #lastWrite: Promise<void> = Promise.resolve()

  constructor(path: string) {
    this.#path = path
  }

  async load(): Promise<JournalState> {
    const entries = ((await readText(this.#path)) ?? '').split('\n').flatMap(readEntry)
    const unmoved = new Set(entries.flatMap((entry) => ('unmoved' in entry ? entry.unmoved : [])))
    const objects = new Map<string, SavedObject>()
    const removed: SavedObject[] = []
    const completedUploads: string[] = []
    for (const entry of entries) {
      if ('removed' in entry) {
        const object = objects.get(entry.removed)
        if (object) removed.push(object)
        objects.delete(entry.removed)
      } else if ('record' in entry && !unmoved.has(entry.incoming ?? '')) {
        objects.set(entry.record.key, entry)
        if (entry.uploadId !== undefined) completedUploads.push(entry.uploadId)
      }
    }
    return { objects: [...objects.values()], removed, completedUploads }
  }

  /** Writes the journal anew with these objects only, by way of a file at `incoming`. */
  async rewrite(saved: readonly SavedObject[], incoming: string): Promise<void> {
    const lines = saved.map(({ record, path }) => lineOf({ record, path })).join('')
    await writeFile(incoming, lines)
    await renameInto(incoming, this.#path, () => mkdir(dirname(this.#path), { recursive: true }))
    this.#bytes = Buffer.byteLength(lines)
  }

  /** Adds a change; those that come while others are written go out together. What it rejects is not in the journal. */
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
        return this.#write(lines)
      })
    this.#lastWrite = write
    return write
  }

  async #write(lines: string): Promise<void> {
    try {
      await appendFile(this.#path, lines)
      this.#bytes += Buffer.byteLength(lines)
    } catch (error) {
      // A full disk may have taken some of the lines.
      await truncate(this.#path, this.#bytes)
      throw error
    }
  }
}

/** Begins with the line break, so that a line that broke off does not spoil the next. */
function lineOf(entry: Entry): string {
  return `\n${JSON.stringify(entry)}`
}

function readEntry(line: string): readonly Entry[] {
  if (line === '') return []
  try {
    // What we wrote has the form we wrote.
    return [JSON.parse(line) as Entry]
  } catch {
    // The process ended while it wrote this line; the change was not confirmed to anybody.
    return []
  }
}
