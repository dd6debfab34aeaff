import type { CompletedUpload, PendingUpload } from '../../protocol/operations.js'
import { isUndecided } from '../errors/error-kinds.js'
import { EndpointError, isUploadError, type UploadError } from '../errors/upload-error.js'
import { BatchQueue, type Decision, type EngineQueueOptions, takeOrRetry } from './batch-queue.js'

/** A batch goes out when it is full, when no file joined it for a moment, or after this long at most. */
const idleMs = 500
const maxWaitMs = 10_000

/** S3 puts the parts of the largest objects together within minutes; an upload asks twice before it fails. */
const maxPendingMs = 15 * 60_000

/** How long the server may ask to wait, however soon failures end an upload. */
const minPendingSeconds = 20

/** Whether to send the file, or parts of it, again is for the upload to decide. */
const toSendAgain: ReadonlySet<string> = new Set(['upload-not-found', 'parts-missing'])

interface Asked {
  readonly token: string
  readonly withdrawn: AbortSignal
  wasAsked: boolean
  /** How long the server has said that S3 is still at it. */
  pendingMs: number
}

type Answer = CompletedUpload | PendingUpload

/** Asks the server whether uploads are really in the bucket, many in one request. */
export class ConfirmationBatches {
  readonly #options: EngineQueueOptions
  readonly #together: BatchQueue<Asked, Answer, CompletedUpload>
  /** No other upload waits for parts to be put together. */
  readonly #alone: BatchQueue<Asked, Answer, CompletedUpload>

  /** `isLast` tells whether no further upload can join those that wait. */
  constructor(options: EngineQueueOptions, isLast: () => boolean) {
    this.#options = options
    const shared = {
      ...options,
      isPatient: true,
      send: (batch: readonly Asked[]) => this.#send(batch),
      decide: (item: Asked, answer: Answer | UploadError) => this.#decide(item, answer),
    }
    this.#alone = new BatchQueue({ ...shared, batchSize: 1 })
    this.#together = new BatchQueue({
      ...shared,
      wait({ waiting, waitedMs }) {
        // Those that are asked for again may be joined by others that are, too.
        const isFresh = waiting.some(({ wasAsked }) => !wasAsked)
        return isFresh && isLast() ? 'now' : Math.min(idleMs, maxWaitMs - waitedMs)
      },
    })
  }

  /** Resolves when the server has seen the object; rejects with its refusal. */
  ask(
    { token, isMultipart }: { readonly token: string; readonly isMultipart: boolean },
    withdrawn: AbortSignal,
  ): Promise<CompletedUpload> {
    const queue = isMultipart ? this.#alone : this.#together
    return queue.ask({ token, withdrawn, wasAsked: false, pendingMs: 0 }, withdrawn)
  }

  /** Finds out whether those that wait are the last by now. */
  look(): void {
    this.#together.look()
  }

  /** Ends with the engine; unless an abort waits for the answer, which must not overtake what the server is doing. */
  async #send(batch: readonly Asked[]) {
    const { client, signal } = this.#options
    const ending = new AbortController()
    const end = () => {
      if (!batch.some(({ withdrawn }) => withdrawn.aborted)) ending.abort(signal.reason)
    }
    signal.addEventListener('abort', end)
    const tokens = batch.map(({ token }) => token)
    for (const item of batch) item.wasAsked = true
    try {
      return await client.completeUploads(tokens, { signal: ending.signal })
    } finally {
      signal.removeEventListener('abort', end)
    }
  }

  #decide(item: Asked, answer: Answer | UploadError): Decision<CompletedUpload> {
    if (isUploadError(answer) || !('state' in answer)) {
      return takeOrRetry(answer, (error) => isUndecided(error) && !toSendAgain.has(error.code))
    }
    const { budgetSeconds } = this.#options.policy
    const maxSeconds = Math.max(budgetSeconds, minPendingSeconds)
    const delayMs = Math.max(Math.min(answer.retryAfterSeconds, maxSeconds), 1) * 1000
    // S3 is still at it, which costs no retry.
    item.pendingMs += delayMs
    return item.pendingMs > maxPendingMs ? { failed: stillPending() } : { again: delayMs }
  }
}

function stillPending(): EndpointError {
  return new EndpointError(
    `All bytes are sent, and the storage has not put the file together within ${maxPendingMs / 60_000} minutes. Try again: nothing is sent twice.`,
    { code: 'completion-pending', status: 200, retryable: true, concerns: 'file' },
  )
}
