import { FileError } from '../upload/errors/upload-error.js'
import { openHandle } from '../upload/resume/open-handle.js'
import type { ResumeRecord } from '../upload/resume/resume-record.js'
import type { UploadStore } from '../upload/store/upload-store.js'
import type { Uploader } from '../upload/upload-engine.js'
import type { AddableFile } from './addable-file.js'

/** What the list of interrupted uploads works with. */
export interface InterruptedUploadsOptions {
  readonly store: UploadStore
  readonly uploader: Uploader
  /** Adds a file and begins with it, whatever else waits for a start. */
  readonly addAndStart: (file: AddableFile) => void
}

/** Shows what earlier pages have left unfinished, and goes on with it or gives it up. */
export class InterruptedUploads {
  readonly #options: InterruptedUploadsOptions
  #records: readonly ResumeRecord[] = []

  constructor(options: InterruptedUploadsOptions) {
    this.#options = options
  }

  /** Looks at what there is, and has removed from the bucket what nobody can go on with. */
  async load(): Promise<void> {
    const { uploader } = this.#options
    this.#show(await uploader.findInterrupted())
    await uploader.discardUnwanted()
  }

  /** Adds the file again, as the person has permitted by a click; throws when it cannot, or is listed no longer. */
  async reopen(uploadId: string): Promise<void> {
    const record = this.#records.find((candidate) => candidate.uploadId === uploadId)
    const file = record?.handle && (await openHandle(record.handle))
    if (!record || !file) throw cannotReopen()
    // Another tab, or another uploader of this page, may be at it by now.
    this.#show(await this.#options.uploader.findInterrupted())
    if (!this.#records.some((candidate) => candidate.uploadId === uploadId))
      throw noLongerUnfinished()
    this.#options.addAndStart({ file, relativePath: record.file.relativePath })
  }

  /** Gives an upload up for good. */
  async discard(uploadId: string): Promise<void> {
    this.take(uploadId)
    await this.#options.uploader.discardInterrupted(uploadId)
  }

  /** Somebody goes on with the upload: it is interrupted no longer. */
  take(uploadId: string): void {
    if (!this.#records.some((record) => record.uploadId === uploadId)) return
    this.#show(this.#records.filter((record) => record.uploadId !== uploadId))
  }

  #show(records: readonly ResumeRecord[]): void {
    this.#records = records
    this.#options.store.setInterrupted(
      records.map(({ uploadId, file, handle }) => ({
        uploadId,
        name: file.name,
        size: file.size,
        relativePath: file.relativePath,
        canReopen: handle !== undefined,
      })),
    )
  }
}

function noLongerUnfinished(): FileError {
  return new FileError(
    'The upload is complete, or under way elsewhere. If it is neither, choose the file again.',
    { code: 'file-missing' },
  )
}

function cannotReopen(): FileError {
  return new FileError('The browser could not open the file again. Choose it once more to go on.', {
    code: 'file-missing',
  })
}
