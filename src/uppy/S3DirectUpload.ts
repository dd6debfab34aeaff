import {
  BasePlugin,
  type Body,
  type Meta,
  type Uppy,
  type UppyEventMap,
  type UppyFile,
} from '@uppy/core'
import { filterFilesToEmitUploadStarted, filterFilesToUpload } from '@uppy/core/utils'
import { callSafely } from '../async/call-safely.js'
import { type Runtime, systemRuntime } from '../async/runtime.js'
import { createEngine } from '../upload/create-engine.js'
import { unsupportedBrowser } from '../upload/errors/browser-support.js'
import type { InterruptedUploads } from '../upload/resume/interrupted-uploads.js'
import type { ResumeRecord } from '../upload/resume/resume-record.js'
import type { UploadIds } from '../upload/resume/resumption.js'
import { type ReadableUploadStore, UploadStore } from '../upload/store/upload-store.js'
import type { UploadEngine } from '../upload/upload-engine.js'
import type { AddableFile, AddOptions } from './addable-file.js'
import { chunk } from './chunk.js'
import { factsOf, newUpload, remoteFile, restoredState, resumableState } from './file-facts.js'
import { FileIntake } from './file-intake.js'
import type { InterruptedActions } from './interrupted-actions.js'
import { requireKnownOptions } from './known-options.js'
import { partition } from './partition.js'
import { type S3DirectUploadOptions, validateOptions } from './plugin-options.js'
import { Rejections } from './rejections.js'
import { UppyReport } from './uppy-report.js'
import { warnOnLeave } from './warn-on-leave.js'

/** Starting so many keeps the page busy for no longer than it may be. */
const filesPerTask = 200

/**
 * Uppy plugin that uploads straight to S3 with signatures from your endpoint.
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
    reopen: async (uploadId) => (await this.#interrupted)?.reopen(uploadId),
    discard: async (uploadId) => (await this.#interrupted)?.discard(uploadId),
  }

  readonly #runtime: Runtime
  readonly #store: UploadStore
  readonly #report: UppyReport<M, B>
  readonly #intake: FileIntake<M, B>
  readonly #rejections: Rejections<M, B>
  #engine: UploadEngine | undefined
  #interrupted: Promise<InterruptedUploads> | undefined
  #unsubscribers: (() => void)[] = []
  #isStartPlanned = false

  constructor(uppy: Uppy<M, B>, options: S3DirectUploadOptions, runtime: Runtime = systemRuntime) {
    const problem = unsupportedBrowser()
    if (problem) throw problem
    requireKnownOptions(options)
    validateOptions(options)
    super(uppy, options)
    this.type = 'uploader'
    this.id = options.id ?? 'S3DirectUpload'
    this.#runtime = runtime
    this.#store = new UploadStore(runtime)
    this.#report = new UppyReport(uppy, { store: this.#store, runtime })
    this.#rejections = new Rejections(uppy, this.#store)
    this.#intake = new FileIntake(uppy, {
      runtime,
      store: this.#store,
      rejections: this.#rejections,
      onLeft: (ids) => this.#forget(ids),
      onAdded: (files) => this.#takeFiles(files),
      onReady: () => this.#startSoon(),
    })
  }

  /** Every file with its state, progress, result or error. */
  get uploads(): ReadableUploadStore {
    return this.#store
  }

  /**
   * Adds files. What Uppy's restrictions reject is listed in `uploads.rejected`; nothing is thrown.
   *
   * A file that a failed one is chosen again for takes its place; with `replace`, the first file that fits takes the
   * place of all there are. Of many files, the others follow in tasks of their own.
   */
  addFiles(files: readonly AddableFile[], { replace = false }: AddOptions = {}): void {
    this.#intake.add(files, { replacesAll: replace })
  }

  /**
   * Starts every file that was not started yet, and leaves failed ones alone.
   *
   * `uppy.upload()` first retries all that failed, and begins with new files only when that has ended.
   *
   * @throws RestrictionError when Uppy refuses to start, such as for too few files.
   */
  async uploadNew(): Promise<void> {
    const failed = this.uppy.getFiles().filter(({ error }) => error)
    // Uppy chooses the files before it first waits: out of its sight for this moment, the failed are not chosen.
    this.#report.setErrors(failed.map(({ id }) => [id, null]))
    const upload = this.uppy.upload()
    // One that had never been started is new to Uppy, and under way by now.
    const started = failed.filter(
      ({ id, progress }) => progress.uploadStarted && this.uppy.getFile(id),
    )
    this.#report.setErrors(started.map(({ id, error }) => [id, error]))
    await upload
  }

  /** Takes one entry, or all, from `uploads.rejected`. */
  dismissRejected(id?: number): void {
    this.#store.dismiss(id)
  }

  /** Changes options of the running plugin; `concurrency`, `resume` and `retryBudgetSeconds` stay as they were. */
  override setOptions(options: Partial<S3DirectUploadOptions>): void {
    validateOptions({ ...this.opts, ...options })
    super.setOptions(options)
  }

  override install(): void {
    const created = createEngine({
      store: this.#store,
      runtime: this.#runtime,
      options: () => this.opts,
      onSaved: (file, record) => this.#saveOnFile(file, record),
      onPartStored: (id, part) => this.#report.part(id, part),
      addAndStart: (file) => this.#addAndStart(file),
    })
    this.#engine = created.engine
    this.#interrupted = created.loadInterrupted()
    // Without it nothing continues by itself, and everything else works.
    this.#listInterrupted(this.#interrupted).catch(() => undefined)
    const isWanted = () => this.opts.warnOnLeave ?? false
    this.#unsubscribers.push(warnOnLeave(this.#store, { isWanted }))
    this.#setResumable(true)
    this.uppy.addUploader(this.#run)
    this.#takeFiles(this.uppy.getFiles())

    this.#on('files-added', (files) => {
      // A listener of the app may have removed some of them on `file-added`.
      this.#takeFiles(files.filter(({ id }) => this.uppy.getFile(id)))
      if (this.opts.autoUpload && !this.#intake.isAdding) this.#startSoon()
    })
    this.#on('file-removed', (file) => this.#forget([file.id]))
    // `uppy.clear()` removes files without any other event.
    this.#on('state-update', (before, after) => {
      if (isEmpty(after.files) && !isEmpty(before.files)) this.#forget(this.#store.ids)
    })
    this.#on('cancel-all', () => {
      this.#intake.clear()
      this.#forget(this.#store.ids)
    })
    this.#on('upload-pause', (file, isPaused) => file && this.#setPaused(file.id, isPaused))
    this.#on('pause-all', () => this.#pauseAll())
    this.#on('resume-all', () => this.#resumeAll())
    this.#on('restored', () => this.#takeFiles(this.uppy.getFiles()))
    this.#on('restriction-failed', (file, error) => this.#rejections.note(file, error))
  }

  override uninstall(): void {
    for (const unsubscribe of this.#unsubscribers.splice(0)) unsubscribe()
    this.#intake.clear()
    this.#isStartPlanned = false
    this.uppy.removeUploader(this.#run)
    this.#setResumable(false)
    this.#engine?.destroy()
    this.#engine = undefined
    this.#interrupted = undefined
  }

  async #listInterrupted(loading: Promise<InterruptedUploads>): Promise<void> {
    const interrupted = await loading
    // Otherwise the plugin was uninstalled meanwhile.
    if (this.#interrupted === loading) await interrupted.load()
  }

  /** Uppy calls this with the files of one upload, also while an earlier call is still running. */
  readonly #run = async (ids: string[]): Promise<void> => {
    const files = filterFilesToUpload(this.uppy.getFilesByIds(ids)) as UppyFile<M, B>[]
    const isClaimed = ({ id }: UppyFile<M, B>) => this.#engine?.isUploading(id) ?? false
    const [claimed, unclaimed] = partition(files, isClaimed)
    this.#takeFiles(unclaimed)
    this.uppy.emit('upload-start', filterFilesToEmitUploadStarted(unclaimed))
    // Reported by the call that started them.
    const uploads = claimed.map(({ id }) => this.#engine?.upload(id))
    for (const slice of chunk(unclaimed, filesPerTask)) {
      uploads.push(...slice.map(({ id }) => this.#upload(id)))
      await this.#runtime.nextTask()
    }
    await Promise.all(uploads)
    // What was tried again meanwhile, too: Uppy takes for uploaded what has not failed when its call ends.
    await this.#engine?.settle(ids)
    this.#report.total()
  }

  async #upload(id: string): Promise<void> {
    const file = this.uppy.getFile(id)
    // Removed while it waited.
    if (!file) return
    const uploadId = this.#store.get(id)?.uploadId
    const stopReporting = this.#store.subscribeTo(id, () => this.#report.progress(id))
    if (file.isRemote) this.#store.setState(id, { status: 'failed', error: remoteFile() })
    else await this.#engine?.upload(id, { startPaused: file.isPaused ?? false })
    stopReporting()
    // Removed, and perhaps added once more: that is another upload.
    if (this.#store.get(id)?.uploadId === uploadId) callSafely(() => this.#report.outcome(id))
  }

  #addAndStart(addable: AddableFile): void {
    this.addFiles([addable], { replace: this.uppy.opts.restrictions.maxNumberOfFiles === 1 })
    const file = this.uppy.getFiles().find(({ data }) => data === addable.file)
    if (!file || this.opts.autoUpload) return
    // By itself, since other files may wait for their own start. What goes wrong, Uppy has told by its events.
    this.uppy.retryUpload(file.id).catch(() => undefined)
  }

  #takeFiles(files: readonly UppyFile<M, B>[]): void {
    const [known, unknown] = partition(files, ({ id }) => this.#store.get(id) !== undefined)
    for (const file of known) this.#engine?.update(file.id, factsOf(file))
    this.#store.add(unknown.map((file) => newUpload(file, this.#runtime)))
    this.#engine?.prepare(unknown.map(({ size }) => size ?? 0))
    for (const file of unknown) {
      const state = restoredState(file)
      if (state) this.#store.setState(file.id, state)
    }
  }

  /** After the task that adds files, so that all of them are one upload. */
  #startSoon(): void {
    if (this.#isStartPlanned || !(this.opts.autoUpload || this.uppy.opts.autoProceed)) return
    this.#isStartPlanned = true
    void this.#runtime.nextTask().then(() => {
      if (!this.#isStartPlanned) return
      this.#isStartPlanned = false
      const start = this.opts.autoUpload ? this.uploadNew() : this.uppy.upload()
      // Uppy has told everybody by its events why it refuses to start.
      start.catch(() => undefined)
    })
  }

  /** On the Uppy file, so that whoever keeps Uppy's state over a reload keeps the upload with it. */
  #saveOnFile({ id, uploadId }: UploadIds, record: ResumeRecord | undefined): void {
    const unlist = (list: InterruptedUploads) => record && list.unlist(record.uploadId)
    this.#interrupted?.then(unlist).catch(() => undefined)
    // Removed, and perhaps added once more: that is another upload.
    const isStillIt = this.#store.get(id)?.uploadId === uploadId
    if (!isStillIt || !this.uppy.getFile(id)) return
    this.uppy.patchFilesState({ [id]: resumableState(record) })
  }

  #forget(ids: readonly string[]): void {
    for (const id of ids) this.#engine?.cancel(id)
    this.#store.remove(ids)
  }

  #setPaused(id: string, isPaused: boolean): void {
    if (isPaused) this.#engine?.pause(id)
    else this.#engine?.resume(id)
  }

  #pauseAll(): void {
    for (const id of this.#store.ids) this.#setPaused(id, true)
  }

  #resumeAll(): void {
    for (const id of this.#store.ids) this.#setPaused(id, false)
    this.#report.restoreErrors()
  }

  #setResumable(resumableUploads: boolean): void {
    const { capabilities } = this.uppy.getState()
    this.uppy.setState({ capabilities: { ...capabilities, resumableUploads } })
  }

  #on<Name extends keyof UppyEventMap<M, B>>(event: Name, handler: UppyEventMap<M, B>[Name]): void {
    this.uppy.on(event, handler)
    this.#unsubscribers.push(() => this.uppy.off(event, handler))
  }
}

function isEmpty(files: object): boolean {
  for (const _ in files) return false
  return true
}
