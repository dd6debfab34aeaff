import type { Body, Meta, UppyFile } from '@uppy/core'
import { callSafely } from '../async/call-safely.js'
import { loadCode } from '../async/load-code.js'
import { memoizeSuccess } from '../async/memoize.js'
import { codeNotLoaded } from '../upload/errors/code-not-loaded.js'
import { CancelledError, toUploadError } from '../upload/errors/upload-error.js'
import type { AddableFile } from './intake/addable-file.js'
import { RejectionError } from './intake/rejection-error.js'
import { WaitingFiles } from './intake/waiting-files.js'
import type { LoadedPlugin, LoadedPluginOptions } from './loaded-plugin.js'
import {
  namesOf,
  type RemovalOptions,
  type RemovedBatch,
  takeOut,
} from './removal/removed-batch.js'

/** The plugin's part that works with files: loads its code, and stands in for it until then. */
export class LatePlugin<M extends Meta, B extends Body> {
  readonly #options: LoadedPluginOptions<M, B>
  readonly #waiting: WaitingFiles
  readonly #end = new AbortController()
  #loaded: LoadedPlugin<M, B> | undefined
  /** Whether files were started before the code was there, and not cancelled since. */
  #hasStarted = false
  /** What was removed before the code was there. */
  #removed: RemovedBatch<M, B> | undefined

  constructor(options: LoadedPluginOptions<M, B>) {
    this.#options = options
    this.#waiting = new WaitingFiles(options.store, options.runtime)
  }

  /** The part itself, once its code is there. */
  get loaded(): LoadedPlugin<M, B> | undefined {
    return this.#loaded
  }

  /** Loads the code, once; rejects with an `UploadError`, and the next call tries again. */
  readonly load = memoizeSuccess(() => this.#load())

  /** Adds files; before the code is there their rows wait, or are ready where the user starts uploads. */
  add(files: readonly AddableFile[], replace: boolean, { isAutomatic = false } = {}): void {
    if (this.#loaded) {
      this.#loaded.add(files, replace)
      return
    }
    const ids = this.#waiting.add(files, replace)
    if (isAutomatic) this.#waiting.show(ids)
    if (files.length > 0) this.loadQuietly()
  }

  /** Starts every file that was not started yet; rejects when Uppy refuses to, or the code cannot be loaded. */
  async uploadNew(): Promise<void> {
    const hadSome = !this.#loaded && this.#waiting.start()
    const loaded = this.#loaded ?? (await this.load())
    // All was cancelled meanwhile.
    if (hadSome && !this.#hasStarted) return
    try {
      await loaded.uploadNew()
    } catch (error) {
      this.#waiting.unstart((id) => loaded.isUploading(id))
      throw error
    }
  }

  /** Uploads files of Uppy. Resolves when each is complete, failed or removed; never rejects. */
  async run(ids: readonly string[]): Promise<void> {
    if (this.#loaded) return await this.#loaded.run(ids)
    const { uppy, store } = this.#options
    this.#waiting.show(ids.filter((id) => !uppy.getFile(id).isPaused))
    // Chosen before this call, and known to Uppy only after it.
    const hasMore = this.#waiting.start()
    try {
      const loaded = await this.load()
      await Promise.all([
        loaded.run(ids),
        hasMore && this.#hasStarted && loaded.uploadNew().catch(ignore),
      ])
    } catch (thrown) {
      const error = toUploadError(thrown)
      // Uppy takes every file without an error for a success.
      for (const file of ids.flatMap((id) => uppy.getFile(id) ?? [])) {
        store.setState(file.id, { status: 'failed', error })
        callSafely(() => uppy.emit('upload-error', file, error))
      }
    }
  }

  /** Notes files that the store knew, and new ones. */
  noteFiles(known: readonly UppyFile<M, B>[], fresh: readonly UppyFile<M, B>[]): void {
    if (this.#loaded) this.#loaded.noteFiles(known, fresh)
    else if (fresh.length > 0) this.loadQuietly()
  }

  /** Pauses or resumes a file. */
  setPaused(id: string, isPaused: boolean): void {
    const isKnown = this.#options.uppy.getFile(id) !== undefined
    if (this.#loaded && isKnown) this.#loaded.setPaused(id, isPaused)
    else this.#waiting.setPaused(id, isPaused)
  }

  /** Notes an error of Uppy's `restriction-failed`. */
  noteRejection(file: UppyFile<M, B> | undefined, error: Error): void {
    if (this.#loaded) this.#loaded.noteRejection(file, error)
    // Told at once: it needs nothing more, and the code may never come.
    else if (error instanceof RejectionError) this.#options.store.reject([error.facts])
    else this.load().then((loaded) => loaded.noteRejection(file, error), ignore)
  }

  /** Loads the code; what fails is shown by the files that wait for it. */
  loadQuietly(): void {
    this.load().catch(ignore)
  }

  /** Removes files; with `isAll`, also those that have no row yet. */
  remove(ids: readonly string[], options: RemovalOptions & { readonly isAll: boolean }): void {
    if (this.#loaded) {
      this.#loaded.removals.remove(ids, options)
      return
    }
    const selections = options.isAll ? this.#waiting.handOver() : []
    // Nothing of them is under way.
    const taken = takeOut(ids, this.#options, () => {})
    if (taken.entries.length === 0) return
    this.#removed = { ...taken, ...options, selections }
    this.#options.store.setRemoved(namesOf(taken))
  }

  /** Brings back what was removed last. */
  async undo(): Promise<void> {
    const loaded = this.#loaded ?? (await this.load())
    loaded.removals.undo()
  }

  /** Has it not come back any more. */
  dismissRemoved(): void {
    this.#removed = undefined
    this.#loaded?.removals.dismiss()
    this.#options.store.setRemoved(undefined)
  }

  /** Forgets the files that are not in Uppy yet. */
  clear(): void {
    this.#waiting.handOver()
    this.#loaded?.clear()
  }

  /** Ends all work for good. */
  destroy(): void {
    const ended = new CancelledError()
    this.#end.abort(ended)
    if (!this.#loaded) this.#waiting.fail(ended)
    this.#waiting.handOver()
    this.#loaded?.destroy()
  }

  async #load(): Promise<LoadedPlugin<M, B>> {
    const { signal } = this.#end
    const stopWatching = this.#waiting.beginLoading()
    try {
      const { LoadedPlugin } = await loadCode(importPlugin, { ...this.#options, signal })
      signal.throwIfAborted()
      this.#loaded = new LoadedPlugin<M, B>(this.#options)
    } catch (cause) {
      // `destroy` has told the files why.
      if (signal.aborted) throw signal.reason
      const error = codeNotLoaded('uploads files', cause)
      this.#waiting.fail(error)
      throw error
    } finally {
      stopWatching()
    }
    const selections = this.#waiting.handOver()
    this.#hasStarted = selections.some(({ isStarted }) => isStarted)
    this.#loaded.begin(selections)
    if (this.#removed) this.#loaded.removals.adopt(this.#removed)
    this.#removed = undefined
    return this.#loaded
  }
}

const importPlugin = () => import('./loaded-plugin.js')

function ignore(): void {}
