import { isUndecided, isWorthlessToken } from '../errors/error-kinds.js'
import { isUploadError } from '../errors/upload-error.js'
import type { Retrying } from '../retry/retry-policy.js'
import { BatchQueue, retryIf } from './batch-queue.js'
import type { UploadClient } from './upload-client.js'

interface ToAbort {
  readonly token: string
}

/**
 * Tells the server which uploads to abort.
 *
 * Retries for as long as all other work; then it is left to a later page, or to the bucket's lifecycle rule for
 * unfinished uploads.
 */
export class Aborts {
  readonly #queue: BatchQueue<ToAbort, object, true>

  constructor({ client, policy, runtime }: Retrying & { readonly client: UploadClient }) {
    // Never aborted: the aborts outlive the engine, because they are owed even when all other work has ended.
    const { signal } = new AbortController()
    this.#queue = new BatchQueue<ToAbort, object, true>({
      policy,
      runtime,
      signal,
      wait: () => 'now',
      send: (items) =>
        client.abortUploads(
          items.map(({ token }) => token),
          { signal },
        ),
      decide: (_item, answer) =>
        isUploadError(answer) ? retryIf(isUndecided(answer), answer) : { done: true },
    })
  }

  /** Resolves with whether nothing of the upload is left, or it can no longer be asked for; never rejects. */
  abort(token: string): Promise<boolean> {
    return this.#queue.ask({ token }).catch(isWorthlessToken)
  }
}
