import type { Body, Meta, Uppy, UppyFile } from '@uppy/core'
import { callSafely } from '../async/call-safely.js'
import type { Runtime } from '../async/runtime.js'
import type { Digest } from '../upload/checksum/sha256-base64.js'
import { createEngine, type EngineSettings } from '../upload/create-engine.js'
import { FileError } from '../upload/errors/upload-error.js'
import type { InterruptedUploads } from '../upload/resume/interrupted-uploads.js'
import type { ResumeRecord } from '../upload/resume/resume-record.js'
import type { UploadIds } from '../upload/resume/resumption.js'
import type { UploadStore } from '../upload/store/upload-store.js'
import type { UploadEngine } from '../upload/upload-engine.js'
import { chunk } from './chunk.js'
import { factsOf, type UppyMultipartState } from './file-facts.js'
import type { AddableFile } from './intake/addable-file.js'
import { FileIntake } from './intake/file-intake.js'
import { Rejections } from './intake/rejections.js'
import type { UppyTools } from './intake/uppy-tools.js'
import type { Selection, WaitingFile } from './intake/waiting-files.js'
import { keepAwake } from './keep-awake.js'
import { partition } from './partition.js'
import type { S3DirectUploadOptions } from './plugin-options.js'
import { preparedFile, requireFittingSize } from './prepared-file.js'
import { Removals } from './removal/removals.js'
import { Standing } from './removal/standing.js'
import { UppyReport } from './uppy-report.js'

/** Starting so many keeps the page busy for no longer than it may be. */
const filesPerTask = 200

/** What the plugin gives to its late part. */
export interface LoadedPluginOptions<M extends Meta, B extends Body> {
  readonly uppy: Uppy<M, B>
  readonly tools: UppyTools
  readonly store: UploadStore
  readonly runtime: Runtime
  /** Computes SHA-256. @default by Web Crypto */
  readonly digest?: Digest | undefined
  /** Asked at every use, so that the options may change meanwhile. */
  readonly options: () => EngineSettings &
    Pick<S3DirectUploadOptions, 'autoUpload' | 'duplicates' | 'keepAwake' | 'metadata' | 'prepare'>
  /** Takes files of Uppy into the store. */
  readonly take: (files: readonly UppyFile<M, B>[]) => void
  /** Hears which files are gone. */
  readonly forget: (ids: readonly string[]) => void
  /** Hears that files can be started. */
  readonly onReady: (isStarted: boolean) => void
}

/** The part of the plugin that works with files, whose code comes at the first sign of one. */
export class LoadedPlugin<M extends Meta, B extends Body> {
  readonly interrupted: InterruptedUploads
  readonly removals: Removals<M, B>
  readonly #standing: Standing<M, B>
  readonly #options: LoadedPluginOptions<M, B>
  readonly #engine: UploadEngine
  readonly #report: UppyReport<M, B>
  readonly #rejections: Rejections<M, B>
  readonly #intake: FileIntake<M, B>
  readonly #letSleep: () => void

  constructor(given: LoadedPluginOptions<M, B>) {
    const { uppy, tools, store, runtime, digest, options, take, forget, onReady } = given
    this.#options = given
    this.#report = new UppyReport(uppy, { store, runtime })
    this.#rejections = new Rejections(uppy, store, tools)
    const { engine, interrupted } = createEngine({
      store,
      runtime,
      digest,
      options,
      onSaved: (file, record) => this.#saveOnFile(file, record),
      onPartStored: (id, part) => this.#report.part(id, part),
      addAndStart: (file) => this.#addAndStart(file),
      preparation: {
        prepare: () => options().prepare,
        requireFit: (facts) => requireFittingSize(facts, uppy.opts.restrictions),
        onPrepared: (id) => this.#patchPrepared(id),
      },
    })
    this.#engine = engine
    this.#letSleep = keepAwake(store, { isWanted: () => options().keepAwake ?? false })
    this.interrupted = interrupted
    this.#intake = new FileIntake(uppy, {
      tools,
      runtime,
      store,
      rejections: this.#rejections,
      onReplace: () => this.#standing.hold(),
      onLeft: forget,
      onAdded: take,
      onReady,
      findsDuplicates: () => options().duplicates !== 'allow',
      arePrepared: () => options().prepare !== undefined,
      metadataOf: (file) => options().metadata?.(file),
    })
    this.#standing = new Standing({ uppy, store, engine })
    this.removals = new Removals({
      uppy,
      store,
      runtime,
      engine,
      intake: this.#intake,
      standing: this.#standing,
      restart: (ids) => this.#restart(ids),
      onBack: () => onReady(false),
    })
  }

  /** Whether it is just these files that Uppy is adding; whoever else adds some starts them alone. */
  get isAdding(): boolean {
    return this.#intake.isAdding
  }

  /** Takes over from the time without this code. */
  begin(selections: readonly Selection[]): void {
    const { uppy, store } = this.#options
    this.noteFiles(uppy.getFiles(), [])
    this.#engine.prepare(store.ids.map((id) => store.get(id)?.source?.size ?? 0))
    for (const { files, replace, isStarted } of selections) this.add(files, replace, isStarted)
    this.restoreErrors()
    // Without it nothing continues by itself, and everything else works.
    this.interrupted.load().catch(() => undefined)
  }

  /** Adds files to Uppy; with `replacesAll`, the first file that fits takes the place of all there are. */
  add(files: readonly WaitingFile[], replacesAll: boolean, isStarted = false): void {
    this.#intake.add(files, { replacesAll, isStarted })
  }

  /** Adds the files that were set aside because the list has them already. */
  addSetAside(): void {
    this.#intake.addSetAside()
  }

  /** Forgets those files. */
  forgetSetAside(): void {
    this.#intake.forgetSetAside()
  }

  /** Notes what has become of files in the store, whose upload begins anew if they are others now; gets ready for new ones. */
  noteFiles(known: readonly UppyFile<M, B>[], fresh: readonly UppyFile<M, B>[]): void {
    for (const file of known) this.#engine.update(file.id, factsOf(file))
    this.#engine.prepare(fresh.map(({ size }) => size ?? 0))
  }

  /** Starts every file that was not started yet, and leaves failed ones alone. */
  async uploadNew(): Promise<void> {
    const { uppy } = this.#options
    const failed = uppy.getFiles().filter(({ error }) => error)
    // Uppy chooses the files before it first waits: out of its sight for this moment, the failed are not chosen.
    this.#report.setErrors(failed.map(({ id }) => [id, null]))
    const upload = uppy.upload()
    // One that had never been started is new to Uppy, and under way by now.
    const started = failed.filter(({ id, progress }) => progress.uploadStarted && uppy.getFile(id))
    this.#report.setErrors(started.map(({ id, error }) => [id, error]))
    await upload
  }

  /** Whether work on the file is going on, waiting or paused. */
  isUploading(id: string): boolean {
    return this.#engine.isUploading(id)
  }

  /** Uploads files; resolves when each is complete, failed or removed, and Uppy has heard of it. */
  async run(ids: readonly string[]): Promise<void> {
    const { uppy } = this.#options
    const [claimed, unclaimed] = partition(ids, (id) => this.isUploading(id))
    // A file that is retried while it is paused is not paused any more for Uppy, which tells nobody.
    for (const id of claimed) if (!uppy.getFile(id)?.isPaused) this.#engine.resume(id)
    // Reported by the call that started them.
    const uploads = claimed.map((id) => this.#engine.upload(id))
    for (const slice of chunk(unclaimed, filesPerTask)) {
      uploads.push(...slice.map((id) => this.#upload(id)))
      await this.#options.runtime.nextTask()
    }
    await Promise.all(uploads)
    // What was tried again meanwhile, too: Uppy takes for uploaded what has not failed when its call ends.
    await this.#engine.settle(ids)
    this.#report.total()
  }

  /** Cancels files. */
  cancel(ids: readonly string[]): void {
    for (const id of ids) this.#engine.cancel(id)
  }

  /** Forgets the files that are still being added. */
  clear(): void {
    this.#intake.clear()
  }

  /** Pauses or resumes a file. */
  setPaused(id: string, isPaused: boolean): void {
    if (isPaused) this.#engine.pause(id)
    else this.#engine.resume(id)
  }

  /** Gives failed files back the errors that Uppy has cleared. */
  restoreErrors(): void {
    this.#report.restoreErrors()
  }

  /** Notes an error of Uppy's `restriction-failed`. */
  noteRejection(file: UppyFile<M, B> | undefined, error: Error): void {
    this.#rejections.note(file, error)
  }

  /** Ends all work for good; unfinished uploads stay in the bucket for a page that resumes them. */
  destroy(): void {
    this.#letSleep()
    this.removals.dismiss()
    this.#standing.destroy()
    this.#intake.clear()
    this.#engine.destroy()
  }

  /** What Uppy retries are its files with an error. */
  #restart(ids: readonly string[]): void {
    const { uppy, store } = this.#options
    if (ids.length === 0) return
    const paused = ids.filter((id) => store.get(id)?.status === 'paused')
    const failed = uppy.getFiles().filter(({ error }) => error)
    this.#report.setErrors(failed.map(({ id }) => [id, null]))
    this.#report.setErrors(ids.map((id) => [id, 'removed']))
    // What goes wrong, Uppy has told by its events.
    uppy.retryAll().catch(() => undefined)
    this.restoreErrors()
    for (const id of paused) uppy.setFileState(id, { isPaused: true })
  }

  async #upload(id: string): Promise<void> {
    const { uppy, store } = this.#options
    const file = uppy.getFile(id)
    // Removed while it waited.
    if (!file) return
    const { uploadId, status } = store.get(id) ?? {}
    const startPaused = (file.isPaused ?? false) || status === 'paused'
    const stopReporting = store.subscribeTo(id, () => this.#report.progress(id))
    if (file.isRemote) store.setState(id, { status: 'failed', error: remoteFile() })
    else await this.#engine.upload(id, { startPaused })
    stopReporting()
    // Removed, and perhaps back: then it is told by another call.
    if (!file.isRemote && this.isUploading(id)) return
    // Removed, and perhaps added once more: that is another upload.
    if (store.get(id)?.uploadId === uploadId) callSafely(() => this.#report.outcome(id))
  }

  #addAndStart(addable: AddableFile): void {
    const { uppy, options } = this.#options
    // The person has said which upload it continues.
    this.add([{ ...addable, isChecked: true }], uppy.opts.restrictions.maxNumberOfFiles === 1)
    const file = uppy.getFiles().find(({ data }) => data === addable.file)
    if (!file || options().autoUpload) return
    // By itself, since other files may wait for their own start. What goes wrong, Uppy has told by its events.
    uppy.retryUpload(file.id).catch(() => undefined)
  }

  /** The Uppy file is what the app has made of it. */
  #patchPrepared(id: string): void {
    const { uppy, store, tools } = this.#options
    const file = uppy.getFile(id)
    const record = store.get(id)
    if (file && record) uppy.patchFilesState({ [id]: preparedFile(file, record, tools) })
  }

  /** On the Uppy file, so that whoever keeps Uppy's state over a reload keeps the upload with it. */
  #saveOnFile({ id, uploadId }: UploadIds, record: ResumeRecord | undefined): void {
    const { uppy, store } = this.#options
    // Removed, and perhaps added once more: that is another upload.
    const isStillIt = store.get(id)?.uploadId === uploadId
    if (!isStillIt || !uppy.getFile(id)) return
    uppy.patchFilesState({ [id]: resumableState(record) })
  }
}

/** Why a file without bytes in the browser fails. */
function remoteFile(): FileError {
  return new FileError(
    'Files of a remote provider cannot be uploaded: choose a file of this device.',
    { code: 'remote-file' },
  )
}

/** What goes on the Uppy file to continue its upload after a reload; it has to survive as JSON. */
function resumableState(record: ResumeRecord | undefined): object {
  const state: UppyMultipartState = { s3Multipart: record && { ...record, handle: undefined } }
  return state
}
