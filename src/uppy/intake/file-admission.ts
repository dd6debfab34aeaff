import type { Body, Meta, Uppy, UppyFile } from '@uppy/core'
import { callSafely } from '../../async/call-safely.js'
import type { Runtime } from '../../async/runtime.js'
import type { RejectionReason } from '../../upload/store/rejected-files.js'
import type { AddableFile } from './addable-file.js'
import { newUppyFile } from './new-file.js'
import type { RejectionError } from './rejection-error.js'
import { violationOf } from './restrictions.js'
import type { UppyTools } from './uppy-tools.js'
import type { WaitingFile } from './waiting-files.js'

/** What decides over files while they are added. */
interface FileAdmissionOptions {
  readonly tools: UppyTools
  readonly runtime: Pick<Runtime, 'randomBytes'>
  /** What the app says of a file. */
  readonly metadataOf: (file: File) => Readonly<Record<string, string>> | undefined
  /** Whether the size of what the app makes of a file counts, in place of its own. */
  readonly arePrepared: () => boolean
  /** The id of the failed file that this one is, chosen again. */
  readonly findFailed: (file: AddableFile) => string | undefined
  /** Whether the first file takes the place of all there are. */
  readonly replacesAll: boolean
  /** Number of files in the list that Uppy does not have: those that were stored before. */
  readonly storedCount: number
  /** Hears that a file takes the place of all there are, right before. */
  readonly onReplace: () => void
  /** Hears which files have left for others. */
  readonly onLeft: (ids: readonly string[]) => void
}

/**
 * Adds files to Uppy like its own `addFiles`, but for three things: it copies Uppy's files once, not for every file; every
 * file gets an id of its own; and where their number or size is limited, the first files that fit are taken.
 */
export class FileAdmission<M extends Meta, B extends Body> {
  readonly #uppy: Uppy<M, B>
  readonly #options: FileAdmissionOptions
  /** Uppy's files without those that leave, and with those taken so far. */
  readonly #files: Record<string, UppyFile<M, B>>
  readonly #taken = new Map<string, UppyFile<M, B>>()
  readonly #leaving = new Set<string>()
  /** By their facts, the ids of files that wait for their bytes since a reload. */
  readonly #ghosts = new Map<string, string>()
  #isCancelled = false
  #count = 0
  #totalSize = 0

  constructor(uppy: Uppy<M, B>, options: FileAdmissionOptions) {
    this.#uppy = uppy
    this.#options = options
    this.#files = { ...uppy.getState().files }
    this.#count = options.replacesAll ? 0 : options.storedCount
    for (const file of Object.values(this.#files)) {
      this.#tally(file, 1)
      if (file.isGhost) this.#ghosts.set(factsOf(file), file.id)
    }
  }

  /** Whether `cancel` was called. */
  get isCancelled(): boolean {
    return this.#isCancelled
  }

  /** Whether files leave for those that are taken. */
  get hasReplaced(): boolean {
    return this.#leaving.size > 0
  }

  /** Takes a file, to be added by `commit`, and returns its id; throws a `RejectionError`, or what a hook of the app throws. */
  take(addable: WaitingFile): string {
    const again = this.#options.findFailed(addable)
    const wanted = newUppyFile(this.#uppy, addable, this.#options)
    const left = this.#takeOut(again)
    try {
      const file = this.#approve({ ...wanted, id: again ?? this.#idOf(wanted) })
      this.#put(file)
      this.#taken.set(file.id, file)
      for (const { id } of left) this.#leaving.add(id)
      return file.id
    } catch (error) {
      for (const file of left) this.#put(file)
      throw error
    }
  }

  /** Has `commit` add nothing more. */
  cancel(): void {
    this.#isCancelled = true
  }

  /** Adds what was taken, and says what of it is in Uppy; a listener of the app may throw, remove files or cancel all. */
  commit(): readonly UppyFile<M, B>[] {
    if (this.#isCancelled || this.#taken.size === 0) return []
    const before = Object.keys(this.#uppy.getState().files)
    if (this.#options.replacesAll) this.#options.onReplace()
    if (this.hasReplaced) this.#removeLeaving()
    if (this.#isCancelled) return []
    callSafely(() => this.#uppy.setState({ files: this.#filesAfter(before) }))
    for (const { id } of this.#taken.values()) {
      for (const file of this.#remaining([id])) {
        callSafely(() => this.#uppy.emit('file-added', file))
      }
    }
    const added = this.#remaining([...this.#taken.keys()])
    if (added.length > 0) callSafely(() => this.#uppy.emit('files-added', added))
    return added
  }

  #removeLeaving(): void {
    const ids = [...this.#leaving]
    callSafely(() => this.#uppy.removeFiles(ids))
    // A running upload of another plugin may not let go of its files.
    this.#options.onLeft(ids.filter((id) => this.#taken.has(id) || !this.#uppy.getFile(id)))
  }

  /** Those that no listener has removed yet. */
  #remaining(ids: readonly string[]): UppyFile<M, B>[] {
    return ids.flatMap((id) => this.#uppy.getFile(id) ?? [])
  }

  /** What was chosen again stands where it stood. */
  #filesAfter(before: readonly string[]): Record<string, UppyFile<M, B>> {
    const { files } = this.#uppy.getState()
    const all = { ...files, ...Object.fromEntries(this.#taken) }
    if (!this.hasReplaced) return all
    const ordered = before.flatMap((id) => (all[id] ? [[id, all[id]]] : []))
    return { ...Object.fromEntries(ordered), ...all }
  }

  /** Makes room for a file. */
  #takeOut(again: string | undefined): readonly UppyFile<M, B>[] {
    const isFirst = this.#options.replacesAll && this.#taken.size === 0
    const ids = isFirst ? Object.keys(this.#files) : again === undefined ? [] : [again]
    const left = ids.flatMap((id) => this.#files[id] ?? [])
    for (const file of left) {
      delete this.#files[file.id]
      this.#tally(file, -1)
    }
    return left
  }

  #put(file: UppyFile<M, B>): void {
    const before = this.#files[file.id]
    if (before) this.#tally(before, -1)
    this.#files[file.id] = file
    this.#tally(file, 1)
  }

  #tally({ isGhost, size }: UppyFile<M, B>, change: 1 | -1): void {
    if (!isGhost) this.#count += change
    this.#totalSize += change * (size ?? 0)
  }

  /** That of a file which waits for its bytes since a reload; else its own. */
  #idOf(file: UppyFile<M, B>): string {
    const facts = factsOf(file)
    const ghost = this.#ghosts.get(facts)
    this.#ghosts.delete(facts)
    return ghost ?? file.id
  }

  /** Asks all who may refuse a file, in Uppy's order. */
  #approve(wanted: UppyFile<M, B>): UppyFile<M, B> {
    if (!this.#uppy.getState().allowNewUpload) {
      throw this.#rejection(wanted, 'other', this.#uppy.i18n('noMoreFilesAllowed'))
    }
    const ghost = this.#files[wanted.id]
    // A ghost has lost its bytes alone.
    const file = ghost ? ({ ...ghost, isGhost: false, data: wanted.data } as typeof wanted) : wanted
    const verdict = this.#uppy.opts.onBeforeFileAdded(file, this.#files)
    if (verdict === false && !ghost) {
      const message = 'Cannot add the file because onBeforeFileAdded returned false.'
      throw this.#rejection(file, 'other', message, false)
    }
    const approved = typeof verdict === 'object' && verdict !== null ? verdict : file
    this.#assertFits(approved)
    return approved
  }

  #assertFits(file: UppyFile<M, B>): void {
    const isSized = !this.#options.arePrepared()
    const violation = violationOf(this.#uppy, isSized ? file : { ...file, size: null })
    if (violation) throw this.#rejection(file, violation.reason, violation.message)
    const { maxNumberOfFiles, maxTotalFileSize } = this.#uppy.opts.restrictions
    if (maxNumberOfFiles && this.#count >= maxNumberOfFiles) {
      const message = this.#uppy.i18n('youCanOnlyUploadX', { smart_count: maxNumberOfFiles })
      throw this.#rejection(file, 'too-many-files', message)
    }
    if (maxTotalFileSize && this.#totalSize + (file.size ?? 0) > maxTotalFileSize) {
      throw this.#rejection(file, 'total-too-large', this.#totalMessage(file))
    }
  }

  /** Uppy writes sizes in its own way. */
  #totalMessage(file: UppyFile<M, B>): string {
    const others = Object.values(this.#files)
    return this.#uppy.validateRestrictions(file, others)?.message ?? ''
  }

  #rejection(
    file: UppyFile<M, B>,
    reason: RejectionReason,
    message: string,
    isUserFacing = true,
  ): RejectionError<M, B> {
    const words = isUserFacing ? message : undefined
    const { RejectionError } = this.#options.tools
    return new RejectionError(message, { reason, name: file.name, words }, { file, isUserFacing })
  }
}

function factsOf<M extends Meta, B extends Body>({ name, size, meta }: UppyFile<M, B>): string {
  return `${meta.relativePath ?? ''}\n${name}\n${size}`
}
