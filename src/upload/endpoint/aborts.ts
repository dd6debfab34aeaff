import { isUndecided, isWorthlessToken } from '../errors/error-kinds.js'
import type { Retrying } from '../retry/retry-policy.js'
import { BatchQueue, takeOrRetry } from './batch-queue.js'
import type { UploadClient } from './upload-client.js'

/**
 * Tells the server which uploads to abort.
 *
 * Retries for as long as all other work; then it is left to a later page, or to the bucket's lifecycle rule for
 * unfinished uploads.
 */
export class Aborts {
  readonly #queue: BatchQueue<string, object, object>

  constructor({ client, policy, runtime }: Retrying & { readonly client: UploadClient }) {
    // Never aborted: the aborts outlive the engine, because they are owed even when all other work has ended.
    const { signal } = new AbortController()
    this.#queue = new BatchQueue<string, object, object>({
      policy,
      runtime,
      signal,
      send: (tokens) => client.abortUploads(tokens, { signal }),
      decide: (_token, answer) => takeOrRetry(answer, isUndecided),
    })
  }

  /** Resolves with whether nothing of the upload is left, or it can no longer be asked for; never rejects. */
  abort(token: string): Promise<boolean> {
    return this.#queue.ask(token).then(() => true, isWorthlessToken)
  }
}
