import type { Body, Meta, Uppy, UppyFile } from '@uppy/core'
import { reportUncaught } from '../../async/call-safely.js'
import type { Rejection, RejectionReason } from '../../upload/store/rejected-files.js'
import type { UploadStore } from '../../upload/store/upload-store.js'
import { reasonOf } from './restrictions.js'
import type { UppyTools } from './uppy-tools.js'

/** Gathers what Uppy and the intake reject, and lists it in the store, once for each selection. */
export class Rejections<M extends Meta, B extends Body> {
  readonly #uppy: Uppy<M, B>
  readonly #store: UploadStore
  readonly #tools: UppyTools
  readonly #known = new WeakSet<Error>()
  #gathered: Rejection[] = []
  #isHeld = false
  #isScheduled = false

  constructor(uppy: Uppy<M, B>, store: UploadStore, tools: UppyTools) {
    this.#uppy = uppy
    this.#store = store
    this.#tools = tools
  }

  /** Notes an error of Uppy's `restriction-failed`; Uppy may tell of one error more than once. */
  note(file: UppyFile<M, B> | undefined, error: Error, own?: Rejection): void {
    if (this.#known.has(error)) return
    this.#known.add(error)
    if (error instanceof this.#tools.RejectionError) {
      this.#gather(error.facts)
      return
    }
    // Uppy's own `false` of a hook, for one, is told in the developer's words.
    const isForUsers = !('isUserFacing' in error) || error.isUserFacing !== false
    const facts = own ?? { reason: this.#reasonOf(file), name: file?.name }
    this.#gather(isForUsers ? { ...facts, words: error.message } : facts)
  }

  /** Notes that a hook of the app has thrown; the error itself is for developers. */
  noteThrown(error: unknown, name: string): void {
    this.#gather({ reason: 'other', name })
    reportUncaught(error)
  }

  /** Lists nothing until `release`, so that a selection is listed at once. */
  hold(): void {
    this.#isHeld = true
  }

  /** Lists what was gathered, and from now on what comes. */
  release(): void {
    this.#isHeld = false
    this.#flush()
  }

  #flush(): void {
    if (this.#isHeld) return
    const rejections = this.#gathered
    this.#gathered = []
    if (rejections.length > 0) this.#store.reject(rejections)
  }

  #gather(rejection: Rejection): void {
    this.#gathered.push(rejection)
    if (this.#isHeld || this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      this.#flush()
    })
  }

  /** Uppy's errors carry a sentence alone: the same rules tell which one it was. */
  #reasonOf(file: UppyFile<M, B> | undefined): RejectionReason {
    const { restrictions } = this.#uppy.opts
    if (!file) return restrictions.maxNumberOfFiles ? 'too-many-files' : 'other'
    return this.#uppy.checkIfFileAlreadyExists(file.id) ? 'duplicate' : reasonOf(file, restrictions)
  }
}
