import type { Body, Meta, Uppy } from '@uppy/core'
import type { Runtime } from '../../async/runtime.js'
import type { UploadParts } from '../../upload/store/upload-entry.js'
import { createUploadId } from '../../upload/store/upload-id.js'
import type { UploadStore } from '../../upload/store/upload-store.js'
import { waitingState } from '../../upload/store/waiting-state.js'
import type { UploadEngine } from '../../upload/upload-engine.js'
import type { FileIntake } from '../intake/file-intake.js'
import { putIntoUppy } from './put-into-uppy.js'
import { namesOf, type RemovalOptions, type RemovedBatch, takeOut } from './removed-batch.js'
import { restoredOrder } from './restored-order.js'
import { type ReturningFile, returningFile } from './returning-file.js'
import type { Standing } from './standing.js'

/** So long an upload stands still before it is given up. */
const graceMs = 10_000

/** What removals work with. */
interface RemovalsOptions<M extends Meta, B extends Body> {
  readonly uppy: Uppy<M, B>
  readonly store: UploadStore
  readonly runtime: Runtime
  readonly engine: Pick<UploadEngine, 'setAside' | 'takeBack' | 'discard' | 'isConfirmed'>
  readonly intake: Pick<FileIntake<M, B>, 'add' | 'isWaiting' | 'takeRest'>
  readonly standing: Pick<Standing<M, B>, 'hold' | 'bringBack'>
  /** Has Uppy upload these files, and leave all others alone. */
  readonly restart: (ids: readonly string[]) => void
  /** Hears that files are back. */
  readonly onBack: () => void
}

interface LastRemoval<M extends Meta, B extends Body> {
  readonly batch: RemovedBatch<M, B>
  /** Ids of the uploads that were given up. */
  readonly givenUp: Set<string>
  readonly stopWaiting: () => void
}

/**
 * Removes files, and brings the last ones back.
 *
 * The upload of a removed file stands still at once. It is given up after some seconds, when the page is left, or when the file
 * cannot come back any more.
 */
export class Removals<M extends Meta, B extends Body> {
  readonly #options: RemovalsOptions<M, B>
  #last: LastRemoval<M, B> | undefined

  constructor(options: RemovalsOptions<M, B>) {
    this.#options = options
  }

  /** Removes files; with `isAll`, also those that are still being added. */
  remove(
    ids: readonly string[],
    { isAll, keepsComplete }: RemovalOptions & { readonly isAll: boolean },
  ): void {
    const { engine, intake, standing, store } = this.#options
    const selections = isAll ? intake.takeRest() : []
    const taken = takeOut(ids, this.#options, (id) => engine.setAside(id))
    if (taken.entries.length > 0) this.adopt({ ...taken, keepsComplete, selections })
    // Not one that was to be replaced by what is gone now.
    if (isAll && standing.bringBack()) this.remove(store.ids, { isAll, keepsComplete })
  }

  /** Keeps a batch that was taken out; an earlier one cannot come back any more. */
  adopt(batch: RemovedBatch<M, B>): void {
    this.dismiss()
    const giveUp = () => this.#giveUp()
    const stopTimer = this.#options.runtime.setTimer(giveUp, graceMs)
    globalThis.addEventListener?.('pagehide', giveUp)
    const stopWaiting = () => {
      stopTimer()
      globalThis.removeEventListener?.('pagehide', giveUp)
    }
    this.#last = { batch, givenUp: new Set(), stopWaiting }
    this.#options.store.setRemoved(namesOf(batch))
  }

  /** Has the last batch not come back any more. */
  dismiss(): void {
    const { engine, store } = this.#options
    this.#giveUp()
    for (const { facts } of this.#last?.batch.entries ?? []) engine.discard(facts)
    this.#last = undefined
    store.setRemoved(undefined)
  }

  /** Brings the last batch back to where it stood. */
  undo(): void {
    const { store, intake, standing, restart, onBack } = this.#options
    const last = this.#last
    if (!last) return
    const { batch } = last
    this.#last = undefined
    last.stopWaiting()
    if (this.#options.uppy.opts.restrictions.maxNumberOfFiles === 1) standing.hold()
    const fitting = this.#fitting(this.#missing(batch))
    const files = fitting.map((entry) => this.#returning(entry, last))
    store.setRemoved(undefined)
    store.putBack(files.map(({ parts }) => parts))
    const isInUppy = this.#addToUppy(files, { ...batch, entries: fitting })
    for (const { files: rest, replace, isStarted } of batch.selections) {
      intake.add(rest, { replacesAll: replace, isStarted })
    }
    for (const file of files) if (!file.uppyFile) this.#addAgain(file)
    restart(
      files
        .filter(({ isStarted }) => isStarted)
        .map(idOf)
        .filter(isInUppy),
    )
    onBack()
  }

  /** The app may have given a stored file again. */
  #missing({ entries }: RemovedBatch<M, B>): readonly UploadParts[] {
    const { store } = this.#options
    return entries.filter(({ facts, state }) => state.status !== 'stored' || !store.get(facts.id))
  }

  /** Others may have taken the place of some meanwhile. */
  #fitting(entries: readonly UploadParts[]): readonly UploadParts[] {
    const { uppy, store, engine } = this.#options
    const { maxNumberOfFiles } = uppy.opts.restrictions
    const inUppy = uppy.getFiles().filter(({ isGhost }) => !isGhost).length
    const count = inUppy + store.summary.counts.stored
    const room = maxNumberOfFiles ? Math.max(0, maxNumberOfFiles - count) : entries.length
    const others = entries.slice(room)
    if (others.length === 0) return entries
    for (const { facts } of others) engine.discard(facts)
    store.reject(others.map(({ facts: { name } }) => ({ reason: 'too-many-files', name })))
    return entries.slice(0, room)
  }

  #returning(entry: UploadParts, { batch, givenUp }: LastRemoval<M, B>): ReturningFile<M, B> {
    const { engine, runtime } = this.#options
    const { id, uploadId } = entry.facts
    const isGivenUp = givenUp.has(uploadId)
    if (!isGivenUp) engine.takeBack(entry.facts)
    return returningFile(entry, batch.uppyFiles.get(id), {
      id: this.#freeId(id),
      newUploadId: isGivenUp ? createUploadId(runtime) : undefined,
      waiting: waitingState(runtime),
    })
  }

  /** The same file may have been added again meanwhile. */
  #freeId(id: string): string {
    const { uppy, store } = this.#options
    let candidate = id
    for (let number = 2; uppy.getFile(candidate) || store.get(candidate); number += 1) {
      candidate = `${id}-${number}`
    }
    return candidate
  }

  /** Says what of it is in Uppy then: a listener of the app may remove files. */
  #addToUppy(
    files: readonly ReturningFile<M, B>[],
    { order, entries }: RemovedBatch<M, B>,
  ): (id: string) => boolean {
    const { uppy, store } = this.#options
    const ids = new Map(files.map((file, index) => [entries[index]?.facts.id ?? '', idOf(file)]))
    const before = order.map((id) => ids.get(id) ?? id)
    store.sort(restoredOrder(store.ids, before, new Set(ids.values())))
    const back = files.flatMap(({ uppyFile }) => uppyFile ?? [])
    putIntoUppy(back, { uppy, order: store.ids })
    return (id) => uppy.getFile(id) !== undefined
  }

  /** A file that Uppy has not had yet: what was to add it may have passed it by. */
  #addAgain({ parts: { facts, state } }: ReturningFile<M, B>): void {
    const { intake } = this.#options
    const { id, source, relativePath } = facts
    if (!(source instanceof File) || intake.isWaiting(id)) return
    const isStarted = state.status !== 'ready'
    intake.add([{ id, file: source, relativePath }], { replacesAll: false, isStarted })
  }

  /** Tells the server of what was removed. */
  #giveUp(): void {
    const { engine } = this.#options
    if (!this.#last) return
    const { batch, givenUp, stopWaiting } = this.#last
    stopWaiting()
    for (const { facts, state } of batch.entries) {
      const isKept =
        state.status === 'complete' && (batch.keepsComplete || !engine.isConfirmed(facts))
      if (isKept || !batch.uppyFiles.has(facts.id) || givenUp.has(facts.uploadId)) continue
      givenUp.add(facts.uploadId)
      engine.discard(facts, { evenConfirmed: true })
    }
  }
}

function idOf({ parts }: ReturningFile<Meta, Body>): string {
  return parts.facts.id
}
