import {
  BasePlugin,
  type Body,
  type Meta,
  type Uppy,
  type UppyEventMap,
  type UppyFile,
} from '@uppy/core'
import { filterFilesToEmitUploadStarted, filterFilesToUpload } from '@uppy/core/utils'
import { type Runtime, systemRuntime } from '../async/runtime.js'
import type { Digest } from '../upload/checksum/sha256-base64.js'
import { unsupportedBrowser } from '../upload/errors/browser-support.js'
import type { RejectedFiles } from '../upload/store/rejected-files.js'
import { isUnfinishedMarked } from '../upload/store/unfinished-mark.js'
import { type ReadableUploadStore, UploadStore } from '../upload/store/upload-store.js'
import { addUploads } from './add-uploads.js'
import type { AddableFile, AddOptions } from './intake/addable-file.js'
import { uppyTools } from './intake/uppy-tools.js'
import type { InterruptedActions } from './interrupted-actions.js'
import { isEmpty } from './is-empty.js'
import { requireKnownOptions } from './known-options.js'
import { LatePlugin } from './late-plugin.js'
import type { LoadedPluginOptions } from './loaded-plugin.js'
import { partition } from './partition.js'
import { type S3DirectUploadOptions, validateOptions } from './plugin-options.js'
import type { RemovalOptions } from './removal/removed-batch.js'
import { setResumable } from './set-resumable.js'
import { StoredFiles } from './stored-files.js'
import { warnOnLeave } from './warn-on-leave.js'

/** By then most pages have drawn themselves: code that nobody waits for does not compete with theirs. */
const drawingMs = 500

/**
 * Uppy plugin that uploads straight to S3 with signatures from your endpoint.
 *
 * The code that uploads is loaded at the first sign of a file, or by `prepare`.
 *
 * @throws TypeError that names each option at fault; UploadError `browser-too-old` where the browser is.
 * @example
 * const uppy = new Uppy().use(S3DirectUpload, { endpoint: '/api/s3' })
 * @see https://uppy.io/docs/guides/building-plugins/
 */
export class S3DirectUpload<M extends Meta, B extends Body> extends BasePlugin<
  S3DirectUploadOptions,
  M,
  B
> {
  static VERSION = '0.1.0'

  /** Continues or discards `uploads.interrupted`. */
  readonly interrupted: InterruptedActions = {
    reopen: async (uploadId) => (await this.#late?.load())?.interrupted.reopen(uploadId),
    discard: async (uploadId) => (await this.#late?.load())?.interrupted.discard(uploadId),
  }

  /** Shows files that were stored before among `uploads`. */
  readonly stored: StoredFiles

  readonly #runtime: Runtime
  readonly #digest: Digest | undefined
  readonly #store: UploadStore
  #late: LatePlugin<M, B> | undefined
  #unsubscribers: (() => void)[] = []
  #isStartPlanned = false

  constructor(
    uppy: Uppy<M, B>,
    options: S3DirectUploadOptions,
    runtime: Runtime = systemRuntime,
    digest?: Digest,
  ) {
    const problem = unsupportedBrowser()
    if (problem) throw problem
    requireKnownOptions(options)
    validateOptions(options)
    super(uppy, options)
    this.type = 'uploader'
    this.id = options.id ?? 'S3DirectUpload'
    this.#runtime = runtime
    this.#digest = digest
    this.#store = new UploadStore(runtime)
    this.stored = new StoredFiles(this.#store, (id) => uppy.getFile(id) && uppy.removeFile(id))
  }

  /** Every file with its state, progress, result or error. */
  get uploads(): ReadableUploadStore {
    return this.#store
  }

  /**
   * Adds files. What Uppy's restrictions reject is listed in `uploads.rejected`; nothing is thrown.
   *
   * A file that a failed one is chosen again for takes its place; with `replace`, the first file that fits takes the
   * place of all there are. Of many files, the others follow in tasks of their own. `uploads` has their rows at once, and
   * Uppy has the files when `prepare` has resolved.
   */
  addFiles(files: readonly AddableFile[], { replace = false }: AddOptions = {}): void {
    this.#late?.add(files, replace, { isAutomatic: this.#isAutomatic })
  }

  /**
   * Loads the code that uploads, which the first file would else wait for: call it when a user is about to choose one.
   *
   * Resolves when the code is there and Uppy has the files that waited for it, or when the code could not be loaded. Then
   * the files that waited have failed; the next call, or their retry, tries again.
   */
  async prepare(): Promise<void> {
    await this.#late?.load().catch(() => undefined)
  }

  /**
   * Takes files out of `uploads` and of Uppy; `undo` brings the last ones back, while `uploads.removed` is there.
   *
   * Their uploads stand still at once, and are given up 10 s later or when the page is left: the server is told, also of complete
   * files unless `keepsComplete` says that their rows alone are not needed any more.
   */
  remove(ids: string | readonly string[], options: RemovalOptions = {}): void {
    this.#late?.remove([ids].flat(), { ...options, isAll: false })
  }

  /** Takes out all files, also those that are still being added. */
  removeAll(options: RemovalOptions = {}): void {
    this.#late?.remove(this.#store.ids, { ...options, isAll: true })
  }

  /** Brings back what was removed last: complete files with their receipts, uploads where they stood or, once given up, anew. */
  undo(): void {
    this.#late?.undo().catch(() => undefined)
  }

  /** Empties `uploads.removed`: what was removed last stays so. */
  dismissRemoved(): void {
    this.#late?.dismissRemoved()
  }

  /** Pauses or resumes a file, in Uppy if it has it already. */
  setPaused(id: string, isPaused: boolean): void {
    const file = this.uppy.getFile(id)
    if (file) {
      // Uppy toggles; and a retry there resumes a file without a word.
      if ((file.isPaused ?? false) !== isPaused) this.uppy.pauseResume(id)
      else this.#late?.setPaused(id, isPaused)
      return
    }
    this.#late?.setPaused(id, isPaused)
    if (!isPaused) void this.prepare()
  }

  /**
   * Starts every file that was not started yet, and leaves failed ones alone.
   *
   * `uppy.upload()` first retries all that failed, and begins with new files only when that has ended.
   *
   * @throws RestrictionError when Uppy refuses to start, such as for too few files; UploadError when the code cannot be loaded.
   */
  async uploadNew(): Promise<void> {
    await this.#late?.uploadNew()
  }

  /** Takes one entry, or all, from `uploads.rejected`. */
  dismissRejected(id?: number): void {
    this.#store.dismiss(id)
    if (!this.#store.rejected.some(canAddAnyway)) this.#late?.loaded?.forgetSetAside()
  }

  /** Adds the files of an entry of `uploads.rejected` that `canAddAnyway`, and takes the entry away. */
  addAnyway(id: number): void {
    const group = this.#store.rejected.find((each) => each.id === id)
    if (!group || !canAddAnyway(group)) return
    this.#store.dismiss(id)
    this.#late?.loaded?.addSetAside()
  }

  /** Changes options of the running plugin; `concurrency`, `resume` and `retryBudgetSeconds` stay as they were. */
  override setOptions(options: Partial<S3DirectUploadOptions>): void {
    validateOptions({ ...this.opts, ...options })
    super.setOptions(options)
  }

  override install(): void {
    this.#late = new LatePlugin(this.#lateOptions())
    const isWanted = () => this.opts.warnOnLeave ?? false
    this.#unsubscribers.push(warnOnLeave(this.#store, { isWanted }))
    if (this.opts.resume !== false && isUnfinishedMarked()) {
      this.#unsubscribers.push(this.#runtime.setTimer(() => void this.prepare(), drawingMs))
    }
    setResumable(this.uppy, true)
    this.uppy.addUploader(this.#run)
    this.#take(this.uppy.getFiles())

    this.#on('files-added', (files) => {
      // A listener of the app may have removed some of them on `file-added`.
      this.#take(files.filter(({ id }) => this.uppy.getFile(id)))
      if (this.opts.autoUpload && !this.#late?.loaded?.isAdding) this.#startSoon()
    })
    this.#on('file-removed', (file) => this.#forget([file.id]))
    // `uppy.clear()` removes files without any other event.
    this.#on('state-update', (before, after) => {
      if (isEmpty(after.files)) this.#forget(Object.keys(before.files))
    })
    this.#on('cancel-all', () => {
      this.#late?.clear()
      // Stored files are no uploads.
      this.#forget(this.#store.ids.filter((id) => this.#store.get(id)?.status !== 'stored'))
    })
    this.#on('upload-pause', (file, isPaused) => file && this.#late?.setPaused(file.id, isPaused))
    this.#on('pause-all', () => this.#setAllPaused(true))
    this.#on('resume-all', () => {
      this.#setAllPaused(false)
      this.#late?.loaded?.restoreErrors()
    })
    this.#on('restored', () => this.#take(this.uppy.getFiles()))
    this.#on('restriction-failed', (file, error) => this.#late?.noteRejection(file, error))
  }

  override uninstall(): void {
    for (const unsubscribe of this.#unsubscribers.splice(0)) unsubscribe()
    this.#isStartPlanned = false
    this.uppy.removeUploader(this.#run)
    setResumable(this.uppy, false)
    this.#late?.destroy()
    this.#late = undefined
  }

  #lateOptions(): LoadedPluginOptions<M, B> {
    const { uppy } = this
    // Read now, whenever the code comes.
    const { concurrency, resume, retryBudgetSeconds } = this.opts
    return {
      uppy,
      tools: uppyTools,
      store: this.#store,
      runtime: this.#runtime,
      digest: this.#digest,
      options: () => ({ ...this.opts, concurrency, resume, retryBudgetSeconds }),
      take: (files) => this.#take(files),
      forget: (ids) => this.#forget(ids),
      onReady: (isStarted) => this.#startSoon(isStarted),
    }
  }

  /** Uppy calls this with the files of one upload, also while an earlier call is still running. */
  readonly #run = async (ids: string[]): Promise<void> => {
    const files = filterFilesToUpload(this.uppy.getFilesByIds(ids)) as UppyFile<M, B>[]
    const unclaimed = files.filter(({ id }) => !this.#late?.loaded?.isUploading(id))
    this.#take(unclaimed)
    this.uppy.emit('upload-start', filterFilesToEmitUploadStarted(unclaimed))
    await this.#late?.run(files.map(({ id }) => id))
  }

  #take(files: readonly UppyFile<M, B>[]): void {
    const [known, fresh] = partition(files, ({ id }) => this.#store.get(id) !== undefined)
    addUploads(this.#store, fresh, this.#runtime)
    this.#late?.noteFiles(known, fresh)
  }

  /** After the task that adds files, so that all of them are one upload. */
  #startSoon(isStarted = false): void {
    if (this.#isStartPlanned || !(this.#isAutomatic || isStarted)) return
    this.#isStartPlanned = true
    void this.#runtime.nextTask().then(() => {
      if (!this.#isStartPlanned) return
      this.#isStartPlanned = false
      // Uppy would tell of an empty upload's completion.
      if (!this.uppy.getFiles().some(({ progress }) => !progress.uploadStarted)) return
      const isUppys = this.uppy.opts.autoProceed && !this.opts.autoUpload
      const start = isUppys ? this.uppy.upload() : this.uploadNew()
      // Uppy has told everybody by its events why it refuses to start.
      start.catch(() => undefined)
    })
  }

  get #isAutomatic(): boolean {
    return Boolean(this.opts.autoUpload || this.uppy.opts.autoProceed)
  }

  #forget(ids: readonly string[]): void {
    this.#late?.loaded?.cancel(ids)
    this.#store.remove(ids)
  }

  #setAllPaused(isPaused: boolean): void {
    for (const id of this.#store.ids) this.#late?.setPaused(id, isPaused)
  }

  #on<Name extends keyof UppyEventMap<M, B>>(event: Name, handler: UppyEventMap<M, B>[Name]): void {
    this.uppy.on(event, handler)
    this.#unsubscribers.push(() => this.uppy.off(event, handler))
  }
}

function canAddAnyway({ canAddAnyway: can }: RejectedFiles): boolean {
  return can ?? false
}
