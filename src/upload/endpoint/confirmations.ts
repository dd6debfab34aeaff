import type { CompletedUpload } from '../../protocol/operations.js'
import { isChanged, isNotFound, isRefusedForGood, needsNewTransfer } from '../errors/error-kinds.js'
import { CancelledError, EndpointError } from '../errors/upload-error.js'
import { type Retrying, retryDelayMs } from '../retry/retry-policy.js'
import type { UploadedState, UploadRecord } from '../store/upload-record.js'
import type { EngineQueueOptions } from './batch-queue.js'
import { ConfirmationBatches } from './confirmation-batches.js'

/** An upload whose bytes have been sent, all of them or so it seems. */
export interface SentUpload {
  readonly token: string
  readonly key: string
  /** URL of the object, without a signature. */
  readonly location: string
  /** Whether its parts have yet to be put together, which may take long. */
  readonly isMultipart: boolean
  /** Whether S3 compares the bytes with checksums that were computed here. */
  readonly isVerified: boolean
  /**
   * Throws a `FileError` when the file has changed since it was read to be sent; absent where S3 has compared the bytes
   * with a checksum, or this was found out already.
   */
  readonly requireUnchanged?: (() => Promise<void>) | undefined
}

/** A confirmation that finds nothing is repeated so often before the file is sent again. */
const maxConfirmations = 3

/** Maximum number of attempts of a file to look for once more; earlier ones have had time to arrive. */
const maxMissed = 8

/** Which file is meant. */
type FileToConfirm = Pick<UploadRecord, 'uploadId'>

/** What confirming takes. */
interface ConfirmationsOptions extends EngineQueueOptions {
  /** Hears by which of its attempts a file has arrived. */
  readonly onConfirmed: (record: UploadRecord, sent: SentUpload) => void
}

/** Finds out from the server what has really arrived in the bucket. */
export class Confirmations {
  readonly #batches: ConfirmationBatches
  readonly #retrying: Retrying
  readonly #onConfirmed: ConfirmationsOptions['onConfirmed']
  /** By upload id: what may have arrived without a confirmation. Outlives a failed upload. */
  readonly #unconfirmed = new Map<string, SentUpload>()

  /** By upload id: what was looked for and not found, or was not worth a look yet. */
  readonly #missed = new Map<string, readonly SentUpload[]>()

  /** By id: the files that are being uploaded. */
  readonly #open = new Set<string>()

  /** By upload id: what the server is asked about, and how to ask no more. */
  readonly #asked = new Map<string, Map<AbortController, Asked>>()

  constructor(options: ConfirmationsOptions) {
    this.#batches = new ConfirmationBatches(options, () => this.#asked.size >= this.#open.size)
    this.#retrying = options
    this.#onConfirmed = options.onConfirmed
  }

  /** Notes that a file is being uploaded, and will have to be confirmed. */
  opened(id: string): void {
    this.#open.add(id)
  }

  /** Notes that a file is not being uploaded any more. */
  ended(id: string): void {
    this.#open.delete(id)
    this.#batches.look()
  }

  /** How many files are being uploaded. */
  get openCount(): number {
    return this.#open.size
  }

  /** Notes that an attempt may have stored the file, whatever its answer was. */
  expect({ uploadId }: FileToConfirm, sent: SentUpload): void {
    this.#unconfirmed.set(uploadId, sent)
  }

  /**
   * Asks no more for a file whose work has ended. Resolves when no request for it is in flight, with the attempt that the server
   * has confirmed all the same.
   */
  async suspend({ uploadId }: FileToConfirm): Promise<SentUpload | undefined> {
    const asked = this.#asked.get(uploadId)
    this.#asked.delete(uploadId)
    for (const withdrawal of asked?.keys() ?? []) withdrawal.abort(new CancelledError())
    const confirmed = [...(asked?.values() ?? [])].map(({ sent, answer }) =>
      answer.then(
        () => sent,
        () => undefined,
      ),
    )
    return (await Promise.all(confirmed)).find((sent) => sent !== undefined)
  }

  /** Forgets a file, and says what of it may be in the bucket without a confirmation. */
  takeLeft(file: FileToConfirm): readonly SentUpload[] {
    const unconfirmed = this.#unconfirmed.get(file.uploadId)
    const left = [...(this.#missed.get(file.uploadId) ?? []), ...(unconfirmed ? [unconfirmed] : [])]
    this.#forget(file)
    return left
  }

  /** Notes an attempt of which nothing is to be seen in the bucket yet. */
  noteMissed({ uploadId }: UploadRecord, sent: SentUpload): void {
    this.#unconfirmed.delete(uploadId)
    const others = this.#missed.get(uploadId)?.filter(({ token }) => token !== sent.token) ?? []
    this.#missed.set(uploadId, [...others, sent].slice(-maxMissed))
  }

  /** Looks once more for what earlier attempts may have stored: on a slow line it arrives late. Never rejects. */
  async findMissed(
    record: UploadRecord,
    cancelled: AbortSignal,
  ): Promise<UploadedState | undefined> {
    const missed = this.#missed.get(record.uploadId) ?? []
    const looked = Promise.allSettled(
      missed.map(async (sent) => {
        await sent.requireUnchanged?.()
        cancelled.throwIfAborted()
        return await this.#confirm(record, sent)
      }),
    )
    const found = (await looked).find((look) => look.status === 'fulfilled')
    return found?.value
  }

  /** Finds out whether the file has arrived by an earlier attempt, of which no answer came. */
  async findUnconfirmed(
    record: UploadRecord,
    cancelled: AbortSignal,
  ): Promise<UploadedState | undefined> {
    const sent = this.#unconfirmed.get(record.uploadId)
    if (!sent) return undefined
    try {
      await sent.requireUnchanged?.()
      cancelled.throwIfAborted()
      return await this.#confirm(record, sent)
    } catch (error) {
      if (isChanged(error)) this.#forget(record)
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
  ): Promise<UploadedState> {
    for (let asked = 1; ; asked += 1) {
      try {
        return await this.#confirm(record, sent)
      } catch (error) {
        if (needsNewTransfer(error) && (!isNotFound(error) || asked === maxConfirmations)) {
          this.noteMissed(record, sent)
          throw error
        }
        if (!isNotFound(error)) throw error
        const delayMs = retryDelayMs(asked, error, this.#retrying)
        await this.#retrying.runtime.sleep(delayMs, signal)
      }
    }
  }

  async #confirm(record: UploadRecord, sent: SentUpload): Promise<UploadedState> {
    const found = await this.#ask(record, sent).catch((error: unknown) => {
      // The server has looked and refused the object for good: asking once more would change nothing.
      if (isRefusedForGood(error)) this.#forget(record)
      throw error
    })
    if (found.key !== sent.key || found.size !== record.size) {
      this.#forget(record)
      throw anotherObject()
    }
    this.#forget(record)
    this.#onConfirmed(record, sent)
    const { result, ...object } = found
    const state = {
      status: 'complete',
      object: { ...object, location: sent.location },
      response: result,
      isVerified: sent.isVerified,
    } as const
    return state satisfies Record<keyof UploadedState, unknown>
  }

  async #ask({ uploadId }: UploadRecord, sent: SentUpload): Promise<CompletedUpload> {
    const withdrawal = new AbortController()
    const answer = this.#batches.ask(sent, withdrawal.signal)
    const asked = this.#asked.get(uploadId) ?? new Map<AbortController, Asked>()
    this.#asked.set(uploadId, asked.set(withdrawal, { sent, answer }))
    try {
      return await answer
    } finally {
      asked.delete(withdrawal)
      if (asked.size === 0 && this.#asked.get(uploadId) === asked) this.#asked.delete(uploadId)
    }
  }

  #forget({ uploadId }: FileToConfirm): void {
    this.#unconfirmed.delete(uploadId)
    this.#missed.delete(uploadId)
  }
}

/** A question that the server has yet to answer. */
interface Asked {
  readonly sent: SentUpload
  readonly answer: Promise<CompletedUpload>
}

function anotherObject(): EndpointError {
  return new EndpointError(
    'The signing endpoint confirmed another object than was uploaded. It must answer in the order of the request.',
    { code: 'endpoint-answer', status: 200, retryable: false },
  )
}
