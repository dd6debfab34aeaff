import { callSafely } from '../../async/call-safely.js'
import type { Runtime } from '../../async/runtime.js'
import { fieldValueOf } from './field-value.js'
import type { InterruptedUpload } from './interrupted-upload.js'
import { type RejectedFiles, RejectedGroups, type Rejection } from './rejected-files.js'
import type { RemovedFiles } from './removed-files.js'
import { shownBytes } from './shown-bytes.js'
import type { StoredFile } from './stored-file.js'
import { storedFileOf } from './stored-file-of.js'
import { createTransferSpeed, type TransferSpeed } from './transfer-speed.js'
import { entryOf, type UploadEntry, type UploadParts } from './upload-entry.js'
import { type FileFacts, hasEnded, type UploadRecord, type UploadState } from './upload-record.js'
import { countUnderWay, type UploadSummary, UploadTotals } from './upload-summary.js'

/** The truth for every list, count, progress and result that a user interface shows. */
export interface ReadableUploadStore {
  /** Ids in the order the files were added; a new array whenever a file comes or goes. */
  readonly ids: readonly string[]
  /** What is in the bucket: stored files and complete uploads; a new array whenever one comes, goes or changes. */
  readonly value: readonly StoredFile[]
  /** All uploads together: counts, bytes, speed. */
  readonly summary: UploadSummary
  /** What was not taken, one entry per reason, until it is dismissed. */
  readonly rejected: readonly RejectedFiles[]
  /** Interrupted uploads of earlier pages: adding the same file again resumes it. */
  readonly interrupted: readonly InterruptedUpload[]
  /** The files that were removed last, as long as they can be brought back. */
  readonly removed: RemovedFiles | undefined
  /** Files that another one is to replace: they are the value as long as no file of the list is in the bucket. */
  readonly standing: readonly UploadRecord[]
  /** The record of a file; a new object whenever something in it changes. */
  get(id: string): UploadRecord | undefined
  /** Calls `listener` when `ids`, `summary`, `rejected`, `interrupted`, `removed` or `standing` changed; progress alone at most 10 times a second. */
  subscribe(listener: () => void): () => void
  /** Calls `listener` when the record of `id` changed; progress alone at most 4 times a second. */
  subscribeTo(id: string, listener: () => void): () => void
}

const summaryIntervalMs = 100
const recordIntervalMs = 250
const speedIntervalMs = 1000

/** One record per file, with listeners per record and for the whole. */
export class UploadStore implements ReadableUploadStore {
  readonly #entries = new Map<string, UploadEntry>()
  readonly #totals = new UploadTotals()
  readonly #speed: TransferSpeed
  readonly #listeners = new Set<() => void>()
  readonly #recordListeners = new Map<string, Set<() => void>>()
  readonly #rejected = new RejectedGroups()
  readonly #movedRecords = new Set<string>()
  #ids: readonly string[] | undefined
  #value: readonly StoredFile[] | undefined
  #summary: UploadSummary | undefined
  #interrupted: readonly InterruptedUpload[] = []
  #removed: RemovedFiles | undefined
  #standing: readonly UploadRecord[] = []
  readonly #setTimer: Runtime['setTimer']
  #stopSummaryTimer: (() => void) | undefined
  #stopSpeedTimer: (() => void) | undefined
  #isRecordTimerSet = false

  constructor({ now, setTimer }: Pick<Runtime, 'now' | 'setTimer'>) {
    this.#speed = createTransferSpeed(now)
    this.#setTimer = setTimer
  }

  get ids(): readonly string[] {
    this.#ids ??= [...this.#entries.keys()]
    return this.#ids
  }

  get value(): readonly StoredFile[] {
    const records = () => this.ids.flatMap((id) => this.get(id) ?? [])
    this.#value ??= fieldValueOf(records(), this.#standing)
    return this.#value
  }

  get summary(): UploadSummary {
    this.#summary ??= this.#totals.summarize(this.#speed.bytesPerSecond())
    return this.#summary
  }

  get rejected(): readonly RejectedFiles[] {
    return this.#rejected.list
  }

  get interrupted(): readonly InterruptedUpload[] {
    return this.#interrupted
  }

  get standing(): readonly UploadRecord[] {
    return this.#standing
  }

  get removed(): RemovedFiles | undefined {
    return this.#removed
  }

  get(id: string): UploadRecord | undefined {
    return this.#entries.get(id)?.record
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  subscribeTo(id: string, listener: () => void): () => void {
    const listeners = this.#recordListeners.get(id) ?? new Set()
    this.#recordListeners.set(id, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#recordListeners.delete(id)
    }
  }

  /** Takes new files; a file whose id is known is left as it is. */
  add(files: readonly FileFacts[]): void {
    this.putBack(files.map((facts) => ({ facts, state: { status: 'ready' }, bytesUploaded: 0 })))
  }

  /** Takes files that were stored before; one whose key is known is left as it is. */
  addStored(files: readonly StoredFile[]): void {
    this.putBack(files.map(storedParts))
  }

  /** Takes files as they were, at the end of the list; one that is there is left as it is. */
  putBack(files: readonly UploadParts[]): void {
    const unknown = files.filter(({ facts }) => !this.#entries.has(facts.id))
    for (const parts of unknown) this.#replace(parts.facts.id, parts)
    if (unknown.length === 0) return
    for (const { facts } of unknown) this.#announceRecord(facts.id)
    this.#announceList()
  }

  /** Forgets files, and returns what `putBack` takes. */
  takeOut(ids: readonly string[]): readonly UploadParts[] {
    const entries = ids.flatMap((id) => this.#entries.get(id) ?? [])
    this.remove(ids)
    return entries
  }

  /** Forgets files. */
  remove(ids: readonly string[]): void {
    const known = ids.filter((id) => this.#entries.has(id))
    for (const id of known) this.#replace(id, undefined)
    if (known.length === 0) return
    for (const id of known) this.#announceRecord(id)
    this.#announceList()
  }

  /** Puts the files into an order, behind stored ones; those that it leaves out come last. */
  sort(ids: readonly string[]): void {
    const stored = this.ids.filter((id) => this.get(id)?.status === 'stored')
    const order = new Set([...stored, ...ids, ...this.ids])
    for (const id of order) {
      const entry = this.#entries.get(id)
      if (!entry) continue
      this.#entries.delete(id)
      this.#entries.set(id, entry)
    }
    this.#ids = undefined
    this.#value = undefined
    this.#announceList()
  }

  /** Moves a file to another state, with what is in the bucket of it already; a file that is gone stays gone. */
  setState(id: string, state: UploadState, bytesUploaded = 0): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    const bytes = Math.max(shownBytes(entry.record, state), bytesUploaded)
    // Of what is sent in one piece nothing else is heard.
    if (state.status === 'finishing' && entry.state.status === 'uploading') {
      this.#speed.add(bytes - entry.bytesUploaded)
    }
    this.#replace(id, { ...entry, state, bytesUploaded: bytes })
    this.#announceRecord(id)
    // Then the app may submit its form: nothing that it reads may be out of date.
    if (hasEnded(state) && countUnderWay(this.#totals) === 0) this.#announceList()
    else this.#announceSummary()
  }

  /** Notes how many bytes of the current attempt are sent; what is shown never falls back. */
  setProgress(id: string, bytesUploaded: number): void {
    const entry = this.#entries.get(id)
    if (entry?.state.status !== 'uploading') return
    const bytes = Math.min(Math.max(bytesUploaded, entry.bytesUploaded), entry.facts.size)
    this.#speed.add(bytes - entry.bytesUploaded)
    this.#replace(id, { ...entry, bytesUploaded: bytes })
    this.#movedRecords.add(id)
    if (!this.#isRecordTimerSet) this.#announceMoved()
    this.#announceSummary()
  }

  /** Notes what has become of a file before its upload: renamed, compressed, or given back after a reload. */
  setFacts(id: string, facts: Partial<Omit<FileFacts, 'id'>>): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    this.#replace(id, { ...entry, facts: { ...entry.facts, ...facts } })
    this.#announceRecord(id)
    this.#announceSummary()
  }

  /** Notes what was not taken. */
  reject(rejections: readonly Rejection[]): void {
    this.#rejected.add(rejections)
    this.#announceList()
  }

  /** Forgets the rejections for one reason, or all. */
  dismiss(id?: number): void {
    this.#rejected.dismiss(id)
    this.#announceList()
  }

  /** Notes which files can be brought back. */
  setRemoved(removed: RemovedFiles | undefined): void {
    if (removed === this.#removed) return
    this.#removed = removed
    this.#announceList()
  }

  /** Notes which files another one is to replace. */
  setStanding(records: readonly UploadRecord[]): void {
    if (records.length === 0 && this.#standing.length === 0) return
    this.#standing = records
    this.#value = undefined
    this.#announceList()
  }

  /** Notes what earlier pages have left. */
  setInterrupted(uploads: readonly InterruptedUpload[]): void {
    if (uploads.length === 0 && this.#interrupted.length === 0) return
    this.#interrupted = uploads
    this.#announceList()
  }

  #replace(id: string, parts: UploadParts | undefined): void {
    const previous = this.#entries.get(id)
    if (previous) this.#totals.remove(previous.record)
    if (parts) {
      const entry = entryOf(parts)
      this.#totals.add(entry.record)
      this.#entries.set(id, entry)
    } else this.#entries.delete(id)
    if (storedFileOf(previous?.record) ?? storedFileOf(this.get(id))) this.#value = undefined
    if (!previous || !parts) this.#ids = undefined
    this.#summary = undefined
  }

  #announceList(): void {
    this.#stopSummaryTimer?.()
    this.#stopSpeedTimer?.()
    this.#stopSummaryTimer = undefined
    if (this.summary.bytesPerSecond > 0) {
      this.#stopSpeedTimer = this.#setTimer(() => this.#announceSpeed(), speedIntervalMs)
    }
    for (const listener of [...this.#listeners]) callSafely(listener)
  }

  #announceSummary(): void {
    this.#stopSummaryTimer ??= this.#setTimer(() => this.#announceList(), summaryIntervalMs)
  }

  /** A speed falls by itself when nothing moves any more. */
  #announceSpeed(): void {
    this.#summary = undefined
    this.#announceList()
  }

  #announceRecord(id: string): void {
    this.#movedRecords.delete(id)
    for (const listener of [...(this.#recordListeners.get(id) ?? [])]) callSafely(listener)
  }

  /** Tells of all progress since the last time, then not before the interval is over. */
  #announceMoved(): void {
    this.#isRecordTimerSet = this.#movedRecords.size > 0
    if (!this.#isRecordTimerSet) return
    this.#setTimer(() => this.#announceMoved(), recordIntervalMs)
    for (const id of [...this.#movedRecords]) this.#announceRecord(id)
  }
}

/** The parts of a record that neither Uppy nor the engine ever sees. */
function storedParts(stored: StoredFile): UploadParts {
  const { key, name, type = '', size = 0 } = stored
  const facts = { id: `stored:${key}`, uploadId: '', name, type, size }
  return { facts, state: { status: 'stored', stored }, bytesUploaded: 0 }
}
