import { type Body, type Meta, RestrictionError, type Uppy, type UppyFile } from '@uppy/core'
import type { Rejection, RejectionReason } from '../upload/store/rejected-files.js'
import type { UploadStore } from '../upload/store/upload-store.js'

/** What is known of a rejection beside its sentence. */
export interface RejectionFacts {
  readonly reason: RejectionReason
  /** Name of the file or folder. */
  readonly name?: string | undefined
  /** The sentence without the name, for a list of names. @default the whole sentence */
  readonly why?: string | undefined
}

/** A rejection of ours, told by Uppy's `restriction-failed` so that its other listeners hear it too. */
export class RejectionError extends RestrictionError<Meta, Body> {
  readonly facts: RejectionFacts

  constructor(message: string, facts: RejectionFacts) {
    super(message)
    this.facts = facts
  }
}

/** Gathers what Uppy and the intake reject, and lists it in the store, once for each selection. */
export class Rejections<M extends Meta, B extends Body> {
  readonly #uppy: Uppy<M, B>
  readonly #store: UploadStore
  readonly #known = new WeakSet<Error>()
  #gathered: Rejection[] = []
  #isScheduled = false

  constructor(uppy: Uppy<M, B>, store: UploadStore) {
    this.#uppy = uppy
    this.#store = store
  }

  /** Notes an error of Uppy's `restriction-failed`; Uppy may tell of one error more than once. */
  note(file: UppyFile<M, B> | undefined, error: Error): void {
    if (this.#known.has(error)) return
    this.#known.add(error)
    if (error instanceof RejectionError) {
      const { reason, name, why = error.message } = error.facts
      this.#gather({ reason, name, message: why })
      return
    }
    const { message } = error
    const name = file?.name
    const isNamed = name !== undefined && message.includes(name)
    this.#gather({ reason: this.#reasonOf(file), name, message, isNamed })
  }

  /** Notes what a hook of the app has thrown. */
  noteThrown(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    this.#gather({ reason: 'other', message })
  }

  /** Lists what was gathered. */
  flush(): void {
    const rejections = this.#gathered
    this.#gathered = []
    if (rejections.length > 0) this.#store.reject(rejections)
  }

  #gather(rejection: Rejection): void {
    this.#gathered.push(rejection)
    if (this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      this.flush()
    })
  }

  /** Uppy's errors carry a sentence alone: the same rules tell which one it was. */
  #reasonOf(file: UppyFile<M, B> | undefined): RejectionReason {
    const { maxFileSize, minFileSize, maxNumberOfFiles, maxTotalFileSize } =
      this.#uppy.opts.restrictions
    if (!file) return maxNumberOfFiles && !maxTotalFileSize ? 'too-many-files' : 'other'
    if (this.#uppy.checkIfFileAlreadyExists(file.id)) return 'duplicate'
    const { size } = file
    if (maxFileSize && size !== null && size > maxFileSize) return 'file-too-large'
    if (minFileSize && size !== null && size < minFileSize) return 'file-too-small'
    return this.#uppy.validateSingleFile(file) ? 'file-type-not-accepted' : 'other'
  }
}
