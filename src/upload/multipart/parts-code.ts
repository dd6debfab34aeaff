import { abortable } from '../../async/abortable.js'
import { minPartBytes } from '../../s3/limits.js'
import { codeNotLoaded } from '../errors/code-not-loaded.js'
import { type Retrying, type RetryScope, withRetry } from '../retry/retry-policy.js'

/** How the code comes to the page. */
interface PartsCodeOptions<Module> extends Retrying {
  readonly load: () => Promise<Module>
}

/** The code for files that go in parts, which a page without such files never loads. */
export class PartsCode<Module> {
  readonly #options: PartsCodeOptions<Module>
  #loading: Promise<Module> | undefined

  constructor(options: PartsCodeOptions<Module>) {
    this.#options = options
  }

  /** Loads it if one of these files may go in parts, so that it is there by then. */
  prepare(sizes: readonly number[]): void {
    // Tried again when a file needs it.
    if (sizes.some((size) => size >= minPartBytes)) this.#import().catch(() => undefined)
  }

  /** Waits for the code; what fails is tried again, and rejects with an `UploadError` when it never came. */
  load(scope: Omit<RetryScope, keyof Retrying>): Promise<Module> {
    const { policy, runtime } = this.#options
    return withRetry(() => abortable(this.#import(), scope.signal), { policy, runtime, ...scope })
  }

  #import(): Promise<Module> {
    this.#loading ??= this.#options.load().catch((cause: unknown) => {
      this.#loading = undefined
      throw codeNotLoaded('sends large files', cause)
    })
    return this.#loading
  }
}
