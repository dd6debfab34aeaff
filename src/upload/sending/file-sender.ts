import { abortable } from '../../async/abortable.js'
import type { SentUpload } from '../endpoint/confirmations.js'
import type { Signature } from '../endpoint/signatures.js'
import type { UploadError } from '../errors/upload-error.js'
import type { MultipartState } from '../multipart/multipart-state.js'
import type { Retrying, RetryScope } from '../retry/retry-policy.js'
import { isShort } from '../transfer/single-request.js'
import type { TransferKind } from '../transfer/transfer-scheduler.js'
import type { Attempt } from './attempt.js'
import { describeFile, type FileToDescribe, isPlannedInParts } from './describe-file.js'
import type { EngineServices } from './engine-services.js'
import { sendWholeFile, type WholeFileSignature } from './send-whole-file.js'
import type { SmallParts } from './small-parts.js'
import { watchForChanges } from './watch-for-changes.js'

/** A signature may grow old this often while all slots are taken; then S3 shall decide. */
const maxSignings = 3

/** Sends one file, attempt after attempt, as the server has signed it: in one request or in parts. */
export class FileSender {
  readonly #services: EngineServices
  readonly #smallParts: SmallParts
  /** What the present attempt is signed with, and the next one too as long as it is fresh. */
  #signature: Signature | undefined
  /** What is in the bucket of a file that goes in parts. */
  #multipart: MultipartState | undefined
  #releaseMultipartSlot = () => {}

  constructor(services: EngineServices, smallParts: SmallParts) {
    this.#services = services
    this.#smallParts = smallParts
  }

  /** Whether the file has its signature: then it waits for a slot. */
  get hasSignature(): boolean {
    return this.#signature !== undefined
  }

  /** Whether it was signed so long ago that another signature is needed. */
  get hasOldSignature(): boolean {
    return this.#signature?.isFresh() === false
  }

  get isInParts(): boolean {
    return this.#multipart !== undefined
  }

  /** A large file waits until those before it are nearly through: what has not started leaves nothing behind. */
  async send(attempt: Attempt): Promise<SentUpload> {
    const { singleRequestLimit, multipartSlots } = this.#services
    if (!singleRequestLimit.isExceededBy(attempt.record)) return await this.#sendNow(attempt)
    const releaseSlot = await multipartSlots.acquire(transferOf(attempt), attempt.signal)
    this.#releaseMultipartSlot = releaseSlot
    return await this.#sendNow(attempt).finally(releaseSlot)
  }

  /** Whether S3 has more of a file that goes in parts than was known. */
  async hasMoreArrived(attempt: Attempt): Promise<boolean> {
    const multipart = this.#multipart
    if (!multipart) return false
    const { hasMoreArrived } = await this.#services.parts.load(loading(attempt))
    return await hasMoreArrived(multipart, attempt, this.#services).catch(() => false)
  }

  /** Forgets the signature, so that the next attempt gets a new one. */
  dropSignature(): void {
    this.#signature?.release()
    this.#signature = undefined
  }

  /** Forgets which parts have arrived: the next attempt asks S3. */
  forgetParts(): void {
    this.#multipart?.forgetArrived()
    this.#multipart = undefined
  }

  /** Lets another large file begin, since this one does not answer. */
  releaseMultipartSlot(): void {
    this.#releaseMultipartSlot()
  }

  async #sendNow(attempt: Attempt): Promise<SentUpload> {
    // Begins to read the file while everything else is still found out.
    const description = describeFile(attempt, this.#services)
    const existing = await this.#find(attempt)
    for (let signings = 1; ; signings += 1) {
      const isFirst = signings === 1
      const target = (isFirst && existing) || (await this.#sign(attempt, description))
      attempt.signal.throwIfAborted()
      const sent =
        'upload' in target
          ? await this.#sendWhole(target, attempt, { isLast: signings >= maxSignings })
          : await this.#sendParts(target, attempt)
      if (sent) return sent
    }
  }

  async #find(attempt: Attempt): Promise<MultipartState | undefined> {
    const { multiparts, multipartOpening } = this.#services
    const { record, source, report, signal } = attempt
    const onRetry = (error: UploadError) => report.wait(error)
    const found = multiparts.find(record, () => multipartOpening.resume(record, source, onRetry))
    return await abortable(attempt.follow(found), signal)
  }

  /** Undefined when the signature has grown old while all slots were taken. */
  async #sendWhole(
    signature: WholeFileSignature,
    attempt: Attempt,
    { isLast }: { readonly isLast: boolean },
  ): Promise<SentUpload | undefined> {
    const { signal } = attempt
    const requireUnchanged = await abortable(watchForChanges(signature.upload, attempt), signal)
    const releaseSlot = await this.#services.scheduler.acquire(transferOf(attempt), signal)
    if (signature.isFresh() || isLast) {
      const file = { signature, requireUnchanged }
      return await sendWholeFile(file, attempt, this.#services).finally(releaseSlot)
    }
    releaseSlot()
    this.dropSignature()
    return undefined
  }

  /** Undefined when the file has to start again. */
  async #sendParts(multipart: MultipartState, attempt: Attempt): Promise<SentUpload | undefined> {
    const { parts, multiparts } = this.#services
    this.#multipart = multipart
    const { sendParts } = await parts.load(loading(attempt))
    const outcome = await sendParts(multipart, attempt, this.#services)
    if (typeof outcome !== 'string') return outcome
    // What fails from here on is no failure of its parts.
    this.#multipart = undefined
    if (outcome === 'gone') multiparts.end(attempt.record)
    else {
      this.#smallParts.want()
      await abortable(multiparts.abort(attempt.record), attempt.signal)
    }
    return undefined
  }

  /** A pause waits for an answer in flight: the server may have created an upload, of which there must be only one. */
  async #sign(
    attempt: Attempt,
    description: FileToDescribe,
  ): Promise<MultipartState | WholeFileSignature> {
    const { singleRequestLimit, multiparts, multipartOpening } = this.#services
    const { record } = attempt
    const signature = await this.#freshSignature(attempt, description)
    const { upload } = signature
    if (upload.method !== 'MULTIPART') {
      singleRequestLimit.note(record)
      return { ...signature, upload }
    }
    this.dropSignature()
    const created = { ...signature, upload }
    const multipart = await multipartOpening.takeOver(record, created, loading(attempt))
    return multiparts.take(record, multipart)
  }

  async #freshSignature(attempt: Attempt, description: FileToDescribe): Promise<Signature> {
    if (this.#signature?.isFresh()) return this.#signature
    this.dropSignature()
    this.#signature = await this.#services.signatures.take({
      ...description,
      // Though it asks late, being read before: its parts use the line while small files wait for round trips.
      goesFirst: isPlannedInParts(attempt.record),
      // The upload that was given up may still be open.
      attempt: attempt.number + (this.#smallParts.areWanted ? 1 : 0),
      waitSignal: attempt.signal,
      signal: attempt.cancelled,
    })
    return this.#signature
  }
}

/** A pause does not end it: the upload that the server has created must be noted. */
function loading({ cancelled, report }: Attempt): Omit<RetryScope, keyof Retrying> {
  return { signal: cancelled, onRetry: (error) => report.wait(error) }
}

function transferOf({ number, record: { size } }: Attempt): TransferKind {
  return { kind: 'file', bytes: size, hasStarted: number > 1, isShort: isShort(size) }
}
