import { isChanged, isNotFound, isRefusedForGood, needsNewTransfer } from '../failure.js'
import { type RetryPolicy, retryDelayMs } from '../retry.js'
import type { UploadedObject, UploadRecord } from '../store/upload-record.js'
import { EndpointError } from '../upload-error.js'
import { ConfirmationQueue } from './confirmation-queue.js'
import type { EndpointQueueOptions } from './endpoint-queue.js'

/** An upload whose bytes have been sent, all of them or so it seems. */
export interface SentUpload {
  readonly token: string
  readonly key: string
  /** URL of the object, without a signature. */
  readonly location: string
  /** Whether its parts have yet to be put together, which may take long. */
  readonly isMultipart: boolean
  /**
   * Throws a `FileError` when the file has changed since it was read to be sent; absent where S3 has compared the bytes
   * with a checksum, or this was found out already.
   */
  readonly requireUnchanged?: (() => Promise<void>) | undefined
}

/** A confirmation that finds nothing is repeated so often before the file is sent again. */
const mostConfirmations = 3

/** So many attempts of a file are looked for once more; earlier ones have had time to arrive. */
const mostMissed = 8

/** Finds out from the server what has really arrived in the bucket. */
export class UploadConfirmation {
  readonly #queue: ConfirmationQueue
  readonly #policy: RetryPolicy
  /** By upload id: what may have arrived although nobody has confirmed it. Outlives a failed upload. */
  readonly #unconfirmed = new Map<string, SentUpload>()

  /** By upload id: what was looked for and not found, or was not worth a look yet. */
  readonly #missed = new Map<string, readonly SentUpload[]>()

  constructor(options: EndpointQueueOptions) {
    this.#queue = new ConfirmationQueue(options)
    this.#policy = options.policy
  }

  /** How many uploads wait for an answer. */
  get pending(): number {
    return this.#queue.pending
  }

  /** Asks at once for all that wait. */
  flush(): void {
    this.#queue.flush()
  }

  /** Notes that an attempt may have stored the file, whatever its answer was. */
  expect({ uploadId }: UploadRecord, sent: SentUpload): void {
    this.#unconfirmed.set(uploadId, sent)
  }

  /** Forgets a file that nobody wants any more. */
  forget({ uploadId }: UploadRecord): void {
    this.#unconfirmed.delete(uploadId)
    this.#missed.delete(uploadId)
  }

  /** Notes an attempt of which nothing is to be seen in the bucket yet. */
  noteMissed({ uploadId }: UploadRecord, sent: SentUpload): void {
    this.#unconfirmed.delete(uploadId)
    const others = this.#missed.get(uploadId)?.filter(({ token }) => token !== sent.token) ?? []
    this.#missed.set(uploadId, [...others, sent].slice(-mostMissed))
  }

  /** Looks once more for what earlier attempts may have stored: on a slow line it arrives late. Never rejects. */
  async findMissed(record: UploadRecord): Promise<UploadedObject | undefined> {
    const missed = this.#missed.get(record.uploadId) ?? []
    const looked = Promise.allSettled(
      missed.map(async (sent) => {
        await sent.requireUnchanged?.()
        return await this.#confirm(record, sent)
      }),
    )
    this.flush()
    const found = (await looked).find((look) => look.status === 'fulfilled')
    return found?.value
  }

  /** Finds out whether the file has arrived by an earlier attempt, of which no answer came. */
  async findUnconfirmed(record: UploadRecord): Promise<UploadedObject | undefined> {
    const sent = this.#unconfirmed.get(record.uploadId)
    if (!sent) return undefined
    try {
      await sent.requireUnchanged?.()
      return await this.#confirm(record, sent)
    } catch (error) {
      if (isChanged(error)) this.forget(record)
      if (!needsNewTransfer(error)) throw error
      this.noteMissed(record, sent)
      return undefined
    }
  }

  /** S3 has accepted the file: that the server does not see it yet is no reason to send it again at once. */
  async confirmSent(
    record: UploadRecord,
    sent: SentUpload,
    signal: AbortSignal,
  ): Promise<UploadedObject> {
    for (let asked = 1; ; asked += 1) {
      try {
        return await this.#confirm(record, sent)
      } catch (error) {
        if (needsNewTransfer(error) && (!isNotFound(error) || asked === mostConfirmations)) {
          this.noteMissed(record, sent)
          throw error
        }
        if (!isNotFound(error)) throw error
        await this.#policy.sleep(retryDelayMs(asked, error, this.#policy), signal)
      }
    }
  }

  async #confirm(record: UploadRecord, sent: SentUpload): Promise<UploadedObject> {
    const found = await this.#queue
      .confirm(sent.token, { alone: sent.isMultipart })
      .catch((error: unknown) => {
        // The server has looked and refused the object for good: asking once more would change nothing.
        if (isRefusedForGood(error)) this.forget(record)
        throw error
      })
    if (found.key !== sent.key || found.size !== record.size) {
      this.forget(record)
      throw anotherObject()
    }
    this.forget(record)
    return { ...found, location: sent.location }
  }
}

function anotherObject(): EndpointError {
  return new EndpointError(
    'The signing endpoint confirmed another object than was uploaded. It must answer in the order of the request.',
    { code: 'endpoint-answer', status: 200, retryable: false },
  )
}
