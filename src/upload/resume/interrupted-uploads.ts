import type { Runtime } from '../../async/runtime.js'
import type { Aborts } from '../endpoint/aborts.js'
import { FileError } from '../errors/upload-error.js'
import type { InterruptedUpload } from '../store/interrupted-upload.js'
import type { UploadStore } from '../store/upload-store.js'
import { openHandle } from './open-handle.js'
import type { ResumeRecord } from './resume-record.js'
import type { InterruptedRecords, RecordedReservation } from './resumption.js'

/** A file that the browser has opened again, with its path when it came out of a folder. */
interface ReopenedFile {
  readonly file: File
  readonly relativePath?: string | undefined
}

/** What the list of interrupted uploads works with. */
export interface InterruptedUploadsOptions {
  readonly store: Pick<UploadStore, 'setInterrupted'>
  /** Undefined where uploads last as long as the page. */
  readonly records: Promise<InterruptedRecords | undefined> | undefined
  readonly aborts: Pick<Aborts, 'abort'>
  readonly runtime: Runtime
  /** Adds a file and starts it, whatever else waits for a start. */
  readonly addAndStart: (file: ReopenedFile) => void
}

/** Lists the interrupted uploads, and continues or discards them. */
export class InterruptedUploads {
  readonly #options: InterruptedUploadsOptions
  #records: readonly ResumeRecord[] = []

  constructor(options: InterruptedUploadsOptions) {
    this.#options = options
  }

  /** Lists what there is, and has S3 remove what can no longer be resumed. */
  async load(): Promise<void> {
    await this.#list()
    const stale = (await (await this.#options.records)?.claimStale()) ?? []
    await Promise.all(stale.map((reservation) => this.#abort(reservation)))
  }

  /** Adds the file again, as the person has permitted by a click; throws when it cannot, or is listed no longer. */
  async reopen(uploadId: string): Promise<void> {
    const record = this.#records.find((candidate) => candidate.uploadId === uploadId)
    const file = record?.handle && (await openHandle(record.handle, this.#options.runtime))
    if (!record || !file) throw cannotReopen()
    // Another tab, or another uploader of this page, may have resumed it by now.
    await this.#list()
    if (!this.#records.some((candidate) => candidate.uploadId === uploadId)) throw goneFromList()
    this.#options.addAndStart({ file, relativePath: record.file.relativePath })
  }

  /** Discards an upload: S3 removes its parts. */
  async discard(uploadId: string): Promise<void> {
    this.unlist(uploadId)
    const reservation = await (await this.#options.records)?.claim(uploadId)
    if (reservation) await this.#abort(reservation)
  }

  /** Takes an upload from the list: a file continues it. */
  unlist(uploadId: string): void {
    if (!this.#records.some((record) => record.uploadId === uploadId)) return
    this.#show(this.#records.filter((record) => record.uploadId !== uploadId))
  }

  async #list(): Promise<void> {
    this.#show((await (await this.#options.records)?.interrupted()) ?? [])
  }

  async #abort(reservation: RecordedReservation): Promise<void> {
    reservation.markDiscarded()
    if (await this.#options.aborts.abort(reservation.record.token)) reservation.forget()
    else reservation.release()
  }

  #show(records: readonly ResumeRecord[]): void {
    this.#records = records
    this.#options.store.setInterrupted(records.map(interruptedUpload))
  }
}

function interruptedUpload({ uploadId, file, handle }: ResumeRecord): InterruptedUpload {
  const { name, size, relativePath } = file
  const upload = { uploadId, name, size, relativePath, canReopen: handle !== undefined }
  return upload satisfies Record<keyof InterruptedUpload, unknown>
}

function goneFromList(): FileError {
  return new FileError(
    'The interrupted upload is not listed any more: it is complete, was discarded, or another tab continues it. Have the user choose the file again.',
    { code: 'interrupted-gone' },
  )
}

function cannotReopen(): FileError {
  return new FileError(
    'The browser cannot open the file of the interrupted upload again: it is gone, was not permitted, or no handle was kept. Have the user choose the file again.',
    { code: 'cannot-reopen' },
  )
}
