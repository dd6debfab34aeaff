import { abortable } from '../../async/abortable.js'
import { anySignal, type CombinedSignal } from '../../async/any-signal.js'
import type { Runtime } from '../../async/runtime.js'
import { minPartBytes } from '../../s3/limits.js'
import { isCongestion, isDamaged, isOutOfStep, mayBeTheSignature } from '../errors/error-kinds.js'
import { isNotAnswering, unreadableFile } from '../errors/file-errors.js'
import { toUploadError, type UploadError } from '../errors/upload-error.js'
import type { BytesOfFile } from '../events/watch-transport.js'
import type { MultipartState } from '../multipart/multipart-state.js'
import { answerOf } from '../reading/file-watch.js'
import { AttemptBudget } from '../retry/attempt-budget.js'
import { type FailedAttempt, isLineBreak } from '../retry/failed-attempt.js'
import type { RetryPolicy } from '../retry/retry-policy.js'
import type { RetryWaits } from '../retry/retry-waits.js'
import type { HttpTransport, TransportResponse } from '../transfer/http-transport.js'
import { sendBytes } from '../transfer/send-bytes.js'
import type { ReleaseSlot, TransferScheduler } from '../transfer/transfer-scheduler.js'
import { BreaksInVain } from './breaks-in-vain.js'
import type { PartSignature, PartSignatures } from './part-signatures.js'

/** A part that S3 has accepted, and its `ETag` where this page may read it. */
export interface AcceptedPart {
  readonly partNumber: number
  readonly etag: string | undefined
}

/** What sending the parts of a file takes. */
interface PartsTransferOptions {
  readonly upload: MultipartState
  readonly source: Blob
  readonly signatures: PartSignatures
  readonly scheduler: TransferScheduler
  /** The way of a part. */
  readonly transportOf: (part: Required<BytesOfFile>) => HttpTransport
  readonly policy: RetryPolicy
  readonly runtime: Runtime
  readonly signal: AbortSignal
  /** Waits `delayMs`, less when the user does not want to wait; rejects with the signal's reason. */
  readonly waitToRetry: RetryWaits['wait']
  /** Whether the upload may start again in smaller parts; then `run` rejects with `PartsTooLarge`. */
  readonly mayShrink: boolean
  /** Hears how many bytes of the file have arrived or are on their way. */
  readonly onProgress: (sentBytes: number) => void
  /** Hears that nothing moves any more, why, and when that is tried again; or that bytes move again. */
  readonly onRetry: (error: UploadError | undefined, delayMs?: number) => void
  /** Hears that S3 has accepted a part. */
  readonly onStored: (part: AcceptedPart) => void
}

/** The line breaks before a part of this size is through. */
export class PartsTooLarge extends Error {}

/** While this many parts fail, no other starts: it would be read and signed only to fail as well. */
const maxFailing = 6

/** After so many breaks that one part has not survived, it is too large; browsers hide half of all breaks. */
const maxBreaksInVain = 3

/** A part's signature and its place among the transfers. */
interface Permit {
  readonly signature: PartSignature
  readonly releaseSlot: ReleaseSlot
}

/** Sends the parts of one file that the bucket does not have yet, several at once. */
export class PartsTransfer {
  readonly #options: PartsTransferOptions
  readonly #fileOrder: number
  readonly #stop = new AbortController()
  readonly #ended: CombinedSignal
  /** Bytes sent of each part that is on its way. */
  readonly #moving = new Map<number, number>()
  #movingBytes = 0
  /** Parts that have failed and not arrived since. */
  readonly #failing = new Set<number>()
  #isUnderWay = false

  constructor(options: PartsTransferOptions) {
    this.#options = options
    this.#fileOrder = options.scheduler.nextFileOrder()
    this.#ended = anySignal([options.signal, this.#stop.signal])
  }

  /** Resolves when S3 has accepted every part; the first failure that is final stops all others. */
  async run(): Promise<void> {
    const sending = new Map<number, Promise<void>>()
    try {
      for (const partNumber of this.#options.upload.missing) {
        while (this.#failing.size >= maxFailing) await this.#anyOf(sending)
        const permit = await this.#permit(partNumber)
        const sent = this.#send(partNumber, permit).finally(() => sending.delete(partNumber))
        sent.catch((error: unknown) => this.#stop.abort(error))
        sending.set(partNumber, sent)
        // To cut a file and to send a part takes a browser several milliseconds.
        await this.#options.runtime.nextTask()
      }
      await Promise.all(sending.values())
      // What has failed is in the list no longer.
      this.#signal.throwIfAborted()
    } catch (error) {
      this.#stop.abort(error)
      await Promise.allSettled(sending.values())
      throw this.#options.signal.aborted ? this.#options.signal.reason : this.#stop.signal.reason
    } finally {
      this.#ended.release()
    }
  }

  get #signal(): AbortSignal {
    return this.#ended.signal
  }

  /** Waits until one of the failing parts has arrived or failed for good. */
  async #anyOf(sending: ReadonlyMap<number, Promise<void>>): Promise<void> {
    // Of those that have failed for good, nothing would be waited for.
    this.#signal.throwIfAborted()
    await Promise.race([...this.#failing].map((partNumber) => sending.get(partNumber)))
  }

  async #send(partNumber: number, first: Permit): Promise<void> {
    const { policy, runtime, signatures, upload, scheduler } = this.#options
    const budget = new AttemptBudget({ policy, runtime }, scheduler)
    const breaks = new BreaksInVain(upload)
    let pauses = 0
    for (let permit = first; ; permit = await this.#permit(partNumber)) {
      const startedAt = runtime.now()
      try {
        const { etag } = await this.#attempt(partNumber, { ...permit, pauses })
        scheduler.noteSuccess(this.#sizeOf(partNumber))
        upload.noteArrived(partNumber)
        signatures.forget(partNumber)
        this.#failing.delete(partNumber)
        this.#moved(partNumber)
        this.#options.onStored({ partNumber, etag })
        return
      } catch (thrown) {
        const error = toUploadError(thrown)
        // Though the file is paused in that moment: nothing that is sent to an upload which is gone arrives anywhere.
        if (isOutOfStep(error)) upload.forgetArrived()
        this.#signal.throwIfAborted()
        this.#failing.add(partNumber)
        if (isNotAnswering(error)) {
          pauses += 1
          this.#moved(partNumber)
          this.noteRetry(error)
          // Fails or not: the next attempt sees for itself.
          await abortable(answerOf(this.#options.source), this.#signal)
          continue
        }
        const sentBytes = this.#moving.get(partNumber) ?? 0
        this.#moved(partNumber)
        if (isOutOfStep(error)) throw error
        if (mayBeTheSignature(error)) {
          signatures.drop(partNumber, { isDamaged: isDamaged(error) })
        }
        const durationMs = runtime.now() - startedAt
        const isSignatureOld = !permit.signature.isFresh()
        const failed = { error, sentBytes, durationMs, isSignatureOld }
        await this.#waitAfter(failed, { budget, breaks })
      }
    }
  }

  async #waitAfter(
    attempt: FailedAttempt,
    { budget, breaks }: { readonly budget: AttemptBudget; readonly breaks: BreaksInVain },
  ): Promise<void> {
    const { scheduler, waitToRetry } = this.#options
    const { error } = attempt
    if (isLineBreak(attempt) && this.#isWorthBeginningAnew(breaks.note())) throw new PartsTooLarge()
    const delayMs = budget.nextDelayMs(attempt)
    if (delayMs === undefined) throw error
    this.noteRetry(error, delayMs)
    const wait = waitToRetry(delayMs, this.#signal)
    if (isCongestion(error)) scheduler.holdDuring(wait)
    await wait
  }

  async #permit(partNumber: number): Promise<Permit> {
    const { signatures, scheduler } = this.#options
    for (let signings = 0; ; signings += 1) {
      const signature = await abortable(signatures.take(partNumber), this.#signal)
      const bytes = this.#sizeOf(partNumber)
      const transfer = { kind: 'part', fileOrder: this.#fileOrder, partNumber, bytes } as const
      const releaseSlot = await scheduler.acquire(transfer, this.#signal)
      // It may have grown old while all slots were taken; if it always does, S3 shall decide.
      if (signature.isFresh() || signings >= 2) return { signature, releaseSlot }
      releaseSlot()
    }
  }

  async #attempt(
    partNumber: number,
    { signature, releaseSlot, pauses }: Permit & { readonly pauses: number },
  ): Promise<TransportResponse> {
    const { scheduler, runtime } = this.#options
    const { url, headers } = signature.part
    try {
      const body = this.#slice(partNumber)
      this.noteRetry(undefined)
      const request = {
        method: 'PUT' as const,
        url,
        headers,
        body,
        signal: this.#signal,
        onProgress: (sentBytes: number) => this.#noteMoving(partNumber, sentBytes),
      }
      this.#noteMoving(partNumber, 0)
      const transport = this.#options.transportOf({ partNumber, bytes: body.size })
      return await sendBytes({ transport, request, source: body, pauses, runtime })
    } catch (error) {
      if (!this.#signal.aborted) scheduler.noteFailure(error)
      throw error
    } finally {
      releaseSlot()
    }
  }

  /**
   * What is cut smaller comes through between two breaks. Of an upload of which nothing has arrived, nothing is lost by it;
   * another must be stuck.
   */
  #isWorthBeginningAnew(breaksInVain: number): boolean {
    const { upload, scheduler, mayShrink } = this.#options
    const { partSizeBytes } = upload.facts
    const isLarge = partSizeBytes > minPartBytes && scheduler.isTooMuch(partSizeBytes)
    const isStuck = upload.arrivedBytes === 0 || breaksInVain >= maxBreaksInVain
    return mayShrink && isLarge && isStuck
  }

  #sizeOf(partNumber: number): number {
    const { start, end } = this.#options.upload.rangeOf(partNumber)
    return end - start
  }

  /** Cut only now: what is not sent yet costs no memory. */
  #slice(partNumber: number): Blob {
    const { source, upload } = this.#options
    const { start, end } = upload.rangeOf(partNumber)
    const slice = source.slice(start, end)
    if (slice.size !== end - start) throw unreadableFile()
    return slice
  }

  #noteMoving(partNumber: number, sentBytes: number): void {
    if (sentBytes > 0) this.#options.scheduler.noteAnswer()
    this.#movingBytes += sentBytes - (this.#moving.get(partNumber) ?? 0)
    this.#moving.set(partNumber, sentBytes)
    this.#noteProgress()
  }

  #moved(partNumber: number): void {
    this.#movingBytes -= this.#moving.get(partNumber) ?? 0
    this.#moving.delete(partNumber)
    this.#noteProgress()
  }

  #noteProgress(): void {
    this.#options.onProgress(this.#options.upload.arrivedBytes + this.#movingBytes)
  }

  /** Reports a failure only when no other part is in flight. */
  noteRetry(error: UploadError | undefined, delayMs?: number): void {
    if (error ? this.#moving.size > 0 : this.#isUnderWay) return
    this.#isUnderWay = error === undefined
    this.#options.onRetry(error, delayMs)
  }
}
