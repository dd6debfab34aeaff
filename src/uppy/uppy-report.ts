import type { Body, Meta, Uppy, UppyFile } from '@uppy/core'
import { callSafely } from '../async/call-safely.js'
import type { Runtime } from '../async/runtime.js'
import { UploadError } from '../upload/errors/upload-error.js'
import type { AcceptedPart } from '../upload/sending/parts-transfer.js'
import type { UploadedState, UploadRecord } from '../upload/store/upload-record.js'
import type { UploadStore } from '../upload/store/upload-store.js'
import type { ResponseBody } from './file-facts.js'

declare module '@uppy/core' {
  // As `@uppy/aws-s3` declares it, letter by letter, so that both fit into one app.
  export interface UppyEventMap<M extends Meta, B extends Body> {
    's3-multipart:part-uploaded': (
      file: UppyFile<M, B>,
      part: { PartNumber: number; ETag: string },
    ) => void
  }
}

type Answer = Omit<UploadedState, 'status' | 'object'>

/** Tells Uppy what happens to its files. */
export class UppyReport<M extends Meta, B extends Body> {
  readonly #uppy: Uppy<M, B>
  readonly #store: UploadStore
  readonly #runtime: Pick<Runtime, 'wallNow'>

  constructor(
    uppy: Uppy<M, B>,
    { store, runtime }: { readonly store: UploadStore; readonly runtime: Pick<Runtime, 'wallNow'> },
  ) {
    this.#uppy = uppy
    this.#store = store
    this.#runtime = runtime
  }

  /** Tells how far a file is. */
  progress(id: string): void {
    const record = this.#store.get(id)
    if (record?.status !== 'uploading' || record.bytesUploaded === 0) return
    // Uppy ignores all progress after 100 %, and an attempt may yet start over.
    this.#tellProgress(record, Math.min(record.bytesUploaded, record.size * 0.99))
  }

  /** Tells that S3 has accepted a part, as `@uppy/aws-s3` does. */
  part(id: string, { partNumber, etag = '' }: AcceptedPart): void {
    const file = this.#uppy.getFile(id)
    if (!file) return
    const part = { PartNumber: partNumber, ETag: etag }
    callSafely(() => this.#uppy.emit('s3-multipart:part-uploaded', file, part))
  }

  /** Uppy sums progress up twice a second: whoever looks when all is complete is to see that it is. */
  total(): void {
    const started = this.#uppy.getFiles().filter(({ progress }) => progress.uploadStarted)
    if (started.length === 0 || !started.every(({ progress }) => progress.uploadComplete)) return
    this.#uppy.setState({ totalProgress: 100 })
    callSafely(() => this.#uppy.emit('progress', 100))
  }

  /** Uppy takes every file without an error for a success: none may leave here without either event. */
  outcome(id: string): void {
    const file = this.#uppy.getFile(id)
    if (!file) return
    const record = this.#store.get(id)
    if (record?.status === 'complete') {
      // Whatever a listener throws at, the success is told as well.
      callSafely(() => this.#tellProgress(record, record.size))
      const { object, response, isVerified } = record
      const answer = { response, isVerified } satisfies Record<keyof Answer, unknown>
      const content: ResponseBody = { ...object, ...answer }
      // Uppy leaves the body's type to the app.
      const body = content as unknown as B
      this.#uppy.emit('upload-success', file, { status: 200, body, uploadURL: object.location })
      return
    }
    const error = record?.status === 'failed' ? record.error : unfinished()
    this.#store.setState(id, { status: 'failed', error })
    this.#uppy.emit('upload-error', file, error)
  }

  #tellProgress({ id, size }: UploadRecord, bytesUploaded: number): void {
    const file = this.#uppy.getFile(id)
    this.#uppy.emit('upload-progress', file, {
      uploadStarted: file?.progress.uploadStarted ?? this.#runtime.wallNow(),
      bytesUploaded,
      bytesTotal: size,
    })
  }

  /** Gives failed files back the errors that Uppy has cleared, or they would be reported as successful. */
  restoreErrors(): void {
    for (const id of this.#store.ids) {
      const record = this.#store.get(id)
      if (record?.status === 'failed' && this.#uppy.getFile(id)) {
        this.setErrors([[id, record.error.message]])
      }
    }
  }

  /** Writes errors into Uppy's files, without any event. */
  setErrors(errors: readonly (readonly [id: string, error: string | null | undefined])[]): void {
    this.#uppy.patchFilesState(Object.fromEntries(errors.map(([id, error]) => [id, { error }])))
  }
}

function unfinished(): UploadError {
  return new UploadError('The upload did not finish. Try again.', {
    code: 'unexpected',
    retryable: true,
  })
}
