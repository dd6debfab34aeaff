import type { UploadError } from './upload-error.js'

/** The files that could not be uploaded for one cause. */
export interface FailureGroup {
  /** The error of the first of them: that of the others has the same code. */
  readonly error: UploadError
  /** Number of files. */
  readonly count: number
}

/** What has failed, by its cause, kept up to date one file at a time. */
export class FailureGroups {
  readonly #groups = new Map<string, FailureGroup>()
  #list: readonly FailureGroup[] | undefined

  /** The groups, the newest cause at the end; a new array whenever one changed. */
  get list(): readonly FailureGroup[] {
    this.#list ??= [...this.#groups.values()]
    return this.#list
  }

  /** Counts a file in, or out again. */
  count(error: UploadError, sign: 1 | -1): void {
    const cause = failureCause(error)
    const known = this.#groups.get(cause) ?? { error, count: 0 }
    const count = known.count + sign
    if (count > 0) this.#groups.set(cause, { ...known, count })
    else this.#groups.delete(cause)
    this.#list = undefined
  }
}

/** Tells causes apart: by the code, and by the words of the app where it has refused in its own. */
export function failureCause(error: UploadError): string {
  const words = 'isInAppWords' in error && error.isInAppWords ? error.message : ''
  return `${error.code}\n${words}`
}
