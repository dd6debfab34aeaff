import { abortable } from '../../async/abortable.js'
import { anySignal } from '../../async/any-signal.js'
import { withTimeout } from '../../async/with-timeout.js'
import type { FileDescription, Refused, SignedUpload } from '../../protocol/operations.js'
import { mayBeDone, mayPass } from '../errors/error-kinds.js'
import { isEndpointError, type UploadError } from '../errors/upload-error.js'
import { beginLife } from '../retry/signature-life.js'
import { BatchQueue, type EngineQueueOptions, isRefused, takeOrRetry } from './batch-queue.js'
import { SignatureStock } from './signature-stock.js'

/** A signature and whether there is still time to use it. */
export interface Signature {
  readonly upload: SignedUpload
  /** Whether enough of its life is left to begin a transfer. */
  isFresh(): boolean
  /** Tells the queue that it no longer lies in stock: its transfer has started, or never will. */
  release(): void
}

type Signed = Pick<Signature, 'upload' | 'isFresh'>

/** A file that wants a signature. */
export interface FileToSign {
  /** Bytes that have to be read before it can be described; 0 when it comes without a checksum. */
  readonly bytesToHash: number
  /** Whether it gets its signature before all that wait. */
  readonly goesFirst: boolean
  /** Says what it is; its rejection concerns this file alone. */
  describe(): Promise<FileDescription>
  /** 1 at first and higher when an earlier signature was lost or refused. */
  readonly attempt: number
  /** Takes the file out of the queue as long as its signature was not asked for. */
  readonly waitSignal: AbortSignal
  /** Aborted when the file is cancelled: once it was asked for, its answer is waited for and discarded. */
  readonly signal: AbortSignal
}

/** What the signatures work with. */
interface SignaturesOptions extends EngineQueueOptions {
  /** Hears of a signature that came too late to be used. */
  readonly onUnused: (upload: SignedUpload) => void
}

/** How long a batch waits for files that have to be read first. */
const patienceMs = 3000

interface Described {
  readonly description: FileDescription
  attempt: number
  readonly cancelled: AbortSignal
}

/** Hands out signatures in the order of asking, fetched in batches before they are needed. */
export class Signatures {
  readonly #options: SignaturesOptions
  readonly #stock = new SignatureStock()
  readonly #queue: BatchQueue<Described, Signed, Signed>

  constructor(options: SignaturesOptions) {
    this.#options = options
    this.#queue = new BatchQueue<Described, Signed, Signed>({
      ...options,
      wait: ({ waiting }) => (waiting.length === this.#stock.unsigned ? 'now' : patienceMs),
      send: (batch) => this.#send(batch),
      // An upload that the server has begun, and whose answer was lost, nobody else would ever give up.
      isBinding: mayBeDone,
      // What one file was refused for is for its upload to decide, as long as there is one.
      decide: ({ cancelled }, answer) =>
        takeOrRetry(
          answer,
          (error) => mayPass(error) && (cancelled.aborted || !concernsOneFile(error)),
        ),
    })
  }

  /** Waits for the signature of a file; rejects with a signal's reason when aborted first. */
  async take(file: FileToSign): Promise<Signature> {
    const { signal: left, release } = anySignal([file.signal, file.waitSignal])
    const signing = this.#sign(file, left)
    const discardLate = (signature: Signature) => file.signal.aborted && this.#discard(signature)
    signing.then(discardLate, () => undefined)
    return await abortable(signing, file.signal).finally(release)
  }

  async #sign(file: FileToSign, left: AbortSignal): Promise<Signature> {
    await this.#stock.enter(file, left)
    const { attempt, signal: cancelled } = file
    const describing = abortable(file.describe(), left)
    try {
      const description = await withTimeout(describing, patienceMs, this.#options.runtime)
      if (description) {
        const item = { description, attempt, cancelled }
        return this.#issue(await this.#queue.ask(item, left))
      }
    } finally {
      this.#stock.leave()
      this.#queue.look()
    }
    // Its bytes do not come: the others go first, and it joins them when it can.
    const description = await describing
    return await this.#sign({ ...file, bytesToHash: 0, describe: async () => description }, left)
  }

  async #send(batch: readonly Described[]): Promise<readonly (Signed | Refused)[]> {
    const { client, runtime } = this.#options
    // Not even by the engine's end: the server may have created uploads, which only its answer names.
    const { signal } = new AbortController()
    const life = beginLife(runtime)
    const attempt = Math.max(...batch.map((item) => item.attempt))
    for (const item of batch) item.attempt += 1
    const files = batch.map(({ description }) => description)
    const answers = await client.signUploads(files, { attempt, signal })
    return answers.map((answer) =>
      isRefused(answer) ? answer : { upload: answer, isFresh: life(answer.expiresInSeconds) },
    )
  }

  #issue(signed: Signed): Signature {
    const signature = { ...signed, release: () => this.#stock.remove(signature) }
    this.#stock.add(signature)
    return signature
  }

  /** A signature that was fetched for a file which has left the queue meanwhile is not used. */
  #discard(signature: Signature): void {
    signature.release()
    this.#options.onUnused(signature.upload)
  }
}

function concernsOneFile(error: UploadError): boolean {
  return isEndpointError(error) && error.concerns === 'file'
}
