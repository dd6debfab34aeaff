import { createChecksummer } from './checksum/checksum.js'
import { Aborts } from './endpoint/aborts.js'
import { Confirmations } from './endpoint/confirmations.js'
import { Signatures } from './endpoint/signatures.js'
import type { UploadEngineOptions } from './engine-options.js'
import { isChanged } from './errors/error-kinds.js'
import { CancelledError, type UploadError } from './errors/upload-error.js'
import { FileUpload } from './file-upload.js'
import { MultipartOpening } from './multipart/multipart-opening.js'
import { MultipartUploads } from './multipart/multipart-uploads.js'
import { PartsCode } from './multipart/parts-code.js'
import { FileWatch } from './reading/file-watch.js'
import type { UploadIds } from './resume/resumption.js'
import { uploadElsewhere } from './resume/upload-elsewhere.js'
import { defaultRetryPolicy, maxFirstBreakDelayMs } from './retry/retry-policy.js'
import type { EngineServices } from './sending/engine-services.js'
import { Preparations } from './sending/preparations.js'
import { SingleRequestLimit } from './sending/single-request-limit.js'
import { isSameFile } from './store/is-same-file.js'
import { createUploadId } from './store/upload-id.js'
import type { FileFacts } from './store/upload-record.js'
import { TransferScheduler } from './transfer/transfer-scheduler.js'
import { UploadsAside } from './uploads-aside.js'

const defaultSlots = { concurrency: 6, reserve: 2 }

/** Maximum number of open multipart uploads: one that is sent, and those that start or end beside it. */
const maxOpenMultiparts = 6

/** The transfer engine: takes files of the store to the bucket and writes what happens into their records. */
export class UploadEngine {
  /** Has S3 remove unfinished uploads. */
  readonly aborts: Pick<Aborts, 'abort'>
  readonly #services: EngineServices
  readonly #uploads = new Map<string, FileUpload>()
  readonly #aside: UploadsAside
  readonly #end = new AbortController()
  readonly #stopWatching: () => void

  constructor(options: UploadEngineOptions) {
    const { store, client, transport, runtime, concurrency, resumption, digest } = options
    const policy = { ...defaultRetryPolicy, ...options.policy }
    const shared = { client, policy, runtime, signal: this.#end.signal }
    const aborts = new Aborts(shared)
    this.aborts = aborts
    const multiparts = new MultipartUploads(aborts)
    const confirmations = new Confirmations({
      ...shared,
      onRetry: (error) => this.#noteEndpoint('finishing', error),
      onConfirmed: (file, sent) => {
        void multiparts.complete(file, sent.token)
        this.#aside.noteConfirmed(file, sent)
      },
    })
    this.#aside = new UploadsAside({ aborts, confirmations, multiparts })
    const signatures = new Signatures({
      ...shared,
      onRetry: (error) => this.#noteEndpoint('waiting', error),
      onUnused: ({ id, method, token }) =>
        method === 'MULTIPART' && this.#aside.noteUnused(id, token),
    })
    const { loadParts = () => import('./sending/in-parts.js') } = options
    const parts = new PartsCode({ load: loadParts, policy, runtime })
    this.#services = {
      store,
      client,
      transport,
      policy,
      runtime,
      signatures,
      confirmations,
      scheduler: new TransferScheduler({
        ...(concurrency === undefined ? defaultSlots : { concurrency }),
        ...runtime,
        settle: () => runtime.sleep(maxFirstBreakDelayMs, this.#end.signal),
      }),
      multipartSlots: new TransferScheduler({ concurrency: maxOpenMultiparts, ...runtime }),
      singleRequestLimit: new SingleRequestLimit(),
      multiparts,
      multipartOpening: new MultipartOpening({
        aborts,
        resumption,
        parts,
        signal: this.#end.signal,
      }),
      checksums: options.checksums ?? createChecksummer({ digest, runtime }),
      parts,
      watch: new FileWatch(runtime),
      preparations: new Preparations(store, options.preparation),
      wantsChecksums: options.wantsChecksums ?? (() => false),
      explain: options.explain ?? (async (error) => error),
      onPartStored: options.onPartStored ?? (() => {}),
      tell: options.tell ?? (() => {}),
    }
    this.#stopWatching = runtime.watchOnline(() => {
      for (const upload of this.#uploads.values()) upload.noteConnection()
    })
  }

  /** Gets ready for files of these sizes, whose upload begins the sooner. */
  prepare(sizes: readonly number[]): void {
    const { checksums, wantsChecksums, parts } = this.#services
    parts.prepare(sizes)
    if (wantsChecksums()) checksums.prepare(sizes)
  }

  /**
   * Uploads a file of the store. Resolves when it is complete, failed or cancelled; never rejects.
   *
   * A file that is being uploaded already is not started again: the promise is the same.
   */
  upload(id: string, { startPaused = false } = {}): Promise<void> {
    const { store, runtime, confirmations } = this.#services
    const running = this.#running(id)
    const record = store.get(id)
    if (running || !record) return running?.ended ?? Promise.resolve()
    // An object stands under the key that belongs to the old id, or its parts are being removed.
    const isTaken =
      record.status === 'failed' &&
      (isChanged(record.error) || /^upload-(exists|elsewhere)$/.test(record.error.code))
    if (isTaken) store.setFacts(id, { uploadId: createUploadId(runtime) })
    const upload = new FileUpload(id, this.#services, {
      startPaused,
      after: this.#aside.returning(record),
    })
    this.#uploads.set(id, upload)
    confirmations.opened(id)
    void upload.ended.then(() => this.#forget(upload))
    return upload.ended
  }

  /** Notes what has become of a file that is not being uploaded; if it is another now, its upload begins anew. */
  update(id: string, facts: Omit<FileFacts, 'id' | 'uploadId'>): void {
    const { store, runtime } = this.#services
    const record = store.get(id)
    if (!record || this.isUploading(id)) return
    if (isSameFile(record, facts)) {
      store.setFacts(id, facts)
      return
    }
    this.cancel(id)
    // Of other bytes nothing was prepared.
    const chosen = record.source === facts.source ? record.chosen : undefined
    store.setFacts(id, { ...facts, chosen, uploadId: createUploadId(runtime) })
  }

  /** Resolves when none of these files is being uploaded any more, however often one starts again meanwhile. */
  async settle(ids: readonly string[]): Promise<void> {
    const running = ids.flatMap((id) => this.#running(id) ?? [])
    if (running.length === 0) return
    await Promise.all(running.map(({ ended }) => ended))
    await this.settle(ids)
  }

  /** Whether work on the file is going on, waiting or paused. */
  isUploading(id: string): boolean {
    return this.#running(id) !== undefined
  }

  /** Stops sending the file until it is resumed, and frees its slots. What is being confirmed goes on. */
  pause(id: string): void {
    this.#running(id)?.pause()
  }

  /** Continues a paused file. */
  resume(id: string): void {
    this.#running(id)?.resume()
  }

  /** Ends the wait of a file for its next attempt. */
  retryNow(id: string): void {
    this.#running(id)?.retryNow()
  }

  /** Cancels a file at once, and has its parts removed from the bucket. */
  cancel(id: string): void {
    const record = this.#services.store.get(id)
    this.setAside(id)
    if (record) this.discard(record)
  }

  /** Ends the work on a file at once, and keeps all that it has come to until `takeBack` or `discard`. */
  setAside(id: string): void {
    const upload = this.#uploads.get(id)
    upload?.cancel()
    this.#uploads.delete(id)
    const record = this.#services.store.get(id)
    if (record) this.#aside.put(record, upload?.settled)
    // Only now: the others are confirmed at once if none but they are left.
    this.#services.confirmations.ended(id)
  }

  /** Lets `upload` go on with what was set aside where it stood. */
  takeBack(file: UploadIds): void {
    this.#aside.takeBack(file)
  }

  /** Has S3 remove what was set aside; `evenConfirmed` tells the server of a complete file, too. */
  discard(file: UploadIds, options?: { readonly evenConfirmed: boolean }): void {
    void this.#aside.discard(file, options)
  }

  /** Whether the server can be told that a complete file was removed. */
  isConfirmed(file: UploadIds): boolean {
    return this.#aside.isConfirmed(file)
  }

  /** Another tab continues the upload of a file: this one sends no more of it. */
  yieldToOtherTab({ id, uploadId }: UploadIds): void {
    const { store, multiparts } = this.#services
    if (store.get(id)?.uploadId !== uploadId) return
    multiparts.leave({ uploadId })
    this.#running(id)?.fail(uploadElsewhere())
  }

  /** Ends all work for good; unfinished uploads stay in the bucket for a page that resumes them. */
  destroy(): void {
    const { checksums, confirmations, multiparts } = this.#services
    for (const upload of this.#uploads.values()) upload.cancel()
    const ids = [...this.#uploads.keys()]
    this.#uploads.clear()
    this.#stopWatching()
    multiparts.release()
    checksums.destroy()
    this.#end.abort(new CancelledError())
    for (const id of ids) confirmations.ended(id)
  }

  #forget(upload: FileUpload): void {
    const { id } = upload
    // Under its id another may have begun.
    if (this.#uploads.get(id) !== upload) return
    this.#uploads.delete(id)
    this.#services.confirmations.ended(id)
  }

  /** One that has ended may still stand in the map for a moment. */
  #running(id: string): FileUpload | undefined {
    const upload = this.#uploads.get(id)
    return upload?.hasEnded ? undefined : upload
  }

  /** All files that wait for the endpoint wait for the same reason. */
  #noteEndpoint(status: 'waiting' | 'finishing', error: UploadError | undefined): void {
    for (const upload of this.#uploads.values()) upload.noteEndpoint(status, error)
  }
}
