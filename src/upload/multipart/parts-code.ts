import { abortable } from '../../async/abortable.js'
import { minPartBytes } from '../../s3/limits.js'
import { UploadError } from '../errors/upload-error.js'
import { type Retrying, type RetryScope, withRetry } from '../retry/retry-policy.js'

/** How the code comes to the page. */
export interface PartsCodeOptions<Module> extends Retrying {
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
      throw notLoaded(cause)
    })
    return this.#loading
  }
}

function notLoaded(cause: unknown): UploadError {
  return new UploadError(
    'The code that sends large files could not be loaded. Check the connection, and that the chunks of this build are still on the server; a reload of the page gets those of the present one.',
    { code: 'code-not-loaded', retryable: true, cause },
  )
}
