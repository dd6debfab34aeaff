import { abortable } from '../async/abortable.js'
import type { SentUpload } from './endpoint/confirmations.js'
import {
  isCongestion,
  isDamaged,
  isInvalidToken,
  isOutOfStep,
  isUnreadable,
  mayBeTheSignature,
  mayHaveMoreParts,
} from './errors/error-kinds.js'
import { fileNotAnswering, isNotAnswering } from './errors/file-errors.js'
import { CancelledError, toUploadError, type UploadError } from './errors/upload-error.js'
import type { MultipartState } from './multipart/multipart-state.js'
import { answerOf } from './reading/file-watch.js'
import { PatientReading } from './reading/patient-reading.js'
import { sourceOf } from './reading/readable-file.js'
import { delayAfter, type Retrying, type RetryScope } from './retry/retry-policy.js'
import type { Attempt } from './sending/attempt.js'
import { describeFile, type FileToDescribe } from './sending/describe-file.js'
import type { EngineServices } from './sending/engine-services.js'
import { sendWholeFile, type WholeFileSignature } from './sending/send-whole-file.js'
import type { UploadControl } from './sending/upload-control.js'
import { watchForChanges } from './sending/watch-for-changes.js'
import type { UploadedState, UploadRecord, UploadState } from './store/upload-record.js'
import { isShort } from './transfer/single-request.js'
import type { TransferKind } from './transfer/transfer-scheduler.js'

/** Takes one file to the bucket, attempt after attempt, until the server has confirmed it or nothing helps. */
export class FileUpload {
  readonly #control: UploadControl
  readonly #services: EngineServices
  /** What is in the bucket of a file that goes in parts. */
  #open: MultipartState | undefined
  /** Releases the slot of a large file. */
  #releaseMultipartSlot = () => {}
  readonly #reading: PatientReading

  constructor(control: UploadControl, services: EngineServices) {
    this.#control = control
    this.#services = services
    const onSilence = (isSilent: boolean) => this.#noteSilence(isSilent)
    this.#reading = new PatientReading({ ...services, onSilence })
  }

  /** Resolves with the confirmed object; rejects with the reason why there is none. */
  async run(): Promise<UploadedState> {
    const control = this.#control
    for (;;) {
      if (control.isPaused) this.#setState({ status: 'paused' })
      const signal = await control.startAttempt()
      const record = this.#services.store.get(control.id)
      if (!record) throw new CancelledError()
      try {
        return await this.#attempt(record, signal)
      } catch (thrown) {
        control.cancelled.throwIfAborted()
        // Paused, and perhaps resumed meanwhile: no failure.
        if (signal.aborted) control.dropSignature()
        else {
          const object = await this.#recover(toUploadError(thrown), record, signal)
          if (object) return object
        }
      }
    }
  }

  async #attempt(record: UploadRecord, signal: AbortSignal): Promise<UploadedState> {
    if (record.status !== 'waiting') this.#wait()
    const object = await this.#findUnconfirmed(record)
    if (object) return object
    const { confirmations } = this.#services
    const source = sourceOf(record)
    this.#control.follow = (work) => this.#reading.follow(work, source)
    await this.#reading.begin(source, signal)
    const sent = await this.#send({
      control: this.#control,
      record,
      source,
      signal,
      setState: (state, bytes) => this.#setState(state, bytes),
    })
    if (sent.requireUnchanged) await abortable(sent.requireUnchanged(), this.#control.cancelled)
    confirmations.expect(record, sent)
    this.#setState({ status: 'finishing' })
    const confirmed = confirmations.confirmSent(record, sent, signal)
    // What is being put together goes on when the file is paused.
    return this.#end(record, await abortable(confirmed, this.#control.cancelled))
  }

  /** A large file waits until those before it are nearly through: what has not started leaves nothing behind. */
  async #send(attempt: Attempt): Promise<SentUpload> {
    const { singleRequestLimit, multipartSlots } = this.#services
    if (!singleRequestLimit.isExceededBy(attempt.record)) return await this.#sendNow(attempt)
    const releaseMultipartSlot = await multipartSlots.acquire(
      this.#transferOf(attempt),
      attempt.signal,
    )
    this.#releaseMultipartSlot = releaseMultipartSlot
    return await this.#sendNow(attempt).finally(releaseMultipartSlot)
  }

  #transferOf({ record: { size } }: Attempt): TransferKind {
    const hasStarted = this.#control.attempts > 1
    return { kind: 'file', bytes: size, hasStarted, isShort: isShort(size) }
  }

  async #sendNow(attempt: Attempt): Promise<SentUpload> {
    const services = this.#services
    // Begins to read the file while everything else is still found out.
    const description = describeFile(attempt, services)
    const { record, source } = attempt
    const onRetry = (error: UploadError) => this.#wait(error)
    const found = services.multiparts.find(record, () =>
      services.multipartOpening.resume(record, source, onRetry),
    )
    const existing = await abortable(this.#control.follow(found), attempt.signal)
    for (let signings = 0; ; signings += 1) {
      const isFirst = signings === 0
      const target = (isFirst && existing) || (await this.#sign(attempt, description))
      attempt.signal.throwIfAborted()
      if (!('upload' in target)) {
        this.#open = target
        const { sendParts } = await services.parts.load(this.#loading)
        const sent = await sendParts(target, attempt, services)
        if (sent) return sent
        services.multiparts.end(attempt.record)
      } else {
        const requireUnchanged = await abortable(
          watchForChanges(target.upload, attempt),
          attempt.signal,
        )
        const releaseSlot = await services.scheduler.acquire(
          this.#transferOf(attempt),
          attempt.signal,
        )
        // It may have grown old while all slots were taken; if it always does, S3 shall decide.
        if (target.isFresh() || signings >= 2) {
          return await sendWholeFile(
            { signature: target, requireUnchanged },
            attempt,
            services,
          ).finally(releaseSlot)
        }
        releaseSlot()
        this.#control.dropSignature()
      }
    }
  }

  /** A pause waits for an answer in flight: the server may have created an upload, of which there must be only one. */
  async #sign(
    { record, signal }: Attempt,
    description: FileToDescribe,
  ): Promise<MultipartState | WholeFileSignature> {
    const control = this.#control
    const { signatures, singleRequestLimit, multiparts, multipartOpening } = this.#services
    if (!control.signature?.isFresh()) {
      control.dropSignature()
      control.signature = await signatures.take({
        ...description,
        // The upload that was given up may still be open.
        attempt: control.attempts + (control.smallParts === 'wanted' ? 1 : 0),
        waitSignal: signal,
        signal: control.cancelled,
      })
    }
    const { signature } = control
    const { upload } = signature
    if (upload.method !== 'MULTIPART') {
      singleRequestLimit.note(record)
      return { ...signature, upload }
    }
    control.dropSignature()
    const created = { ...signature, upload }
    return multiparts.take(record, await multipartOpening.takeOver(record, created, this.#loading))
  }

  /** A pause does not end it: the upload that the server has created must be noted. */
  get #loading(): Omit<RetryScope, keyof Retrying> {
    return { signal: this.#control.cancelled, onRetry: (error) => this.#wait(error) }
  }

  /** Finds the object if it is in the bucket after all; else waits for the next attempt, or throws. */
  async #recover(
    error: UploadError,
    record: UploadRecord,
    signal: AbortSignal,
  ): Promise<UploadedState | undefined> {
    const control = this.#control
    const { runtime, scheduler } = this.#services
    this.#wait(error)
    if (isNotAnswering(error)) {
      control.pauses += 1
      await abortable(answerOf(sourceOf(record)), signal).catch(() => undefined)
      return undefined
    }
    if (isUnreadable(error) && (await this.#reading.canGoOn(record.source, signal)))
      return undefined
    const { sentBytes, sendingSince = runtime.now() } = control
    const durationMs = runtime.now() - sendingSince
    const object = await this.#findUnconfirmed(record)
    if (object) return object
    // Each part has had its attempts; a token that was refused at once will be refused again.
    const isFinal = this.#open ? !isOutOfStep(error) : isInvalidToken(error)
    if (isFinal) return await this.#lookOnceMore(error, record, signal)
    if (control.isWishRefused(error)) return undefined
    const attempt = { error, sentBytes, durationMs }
    const delayMs = control.budget.nextDelayMs(attempt)
    if (delayMs === undefined) return await this.#lookOnceMore(error, record, signal)
    this.#forgetWhatMayBeWrong(error)
    control.noteSize(attempt, record)
    const wait = runtime.sleep(delayMs, signal)
    if (isCongestion(error)) scheduler.holdDuring(wait)
    // Rejects when paused or cancelled, which the next attempt sees for itself.
    await wait.catch(() => undefined)
    return undefined
  }

  /** Before a file is given up: what it was sent by may have arrived late, or without an answer. */
  async #lookOnceMore(
    error: UploadError,
    record: UploadRecord,
    signal: AbortSignal,
  ): Promise<UploadedState | undefined> {
    const open = this.#open
    if (open && mayHaveMoreParts(error)) {
      const attempt = { control: this.#control, signal }
      const { hasMoreArrived } = await this.#services.parts.load(this.#loading)
      const looked = hasMoreArrived(open, attempt, this.#services).catch(() => false)
      // Each time there is more, until all is there.
      if (await looked) return undefined
    }
    const { confirmations } = this.#services
    const object = await abortable(
      confirmations.findMissed(record, this.#control.cancelled),
      this.#control.cancelled,
    )
    if (object) return this.#end(record, object)
    throw error
  }

  #forgetWhatMayBeWrong(error: UploadError): void {
    if (mayBeTheSignature(error)) this.#control.dropSignature()
    if (isDamaged(error)) this.#control.checksums?.forget()
    this.#open?.forgetArrived()
    this.#open = undefined
  }

  /** Finds the object if an attempt that seemed to fail has stored it. */
  async #findUnconfirmed(record: UploadRecord): Promise<UploadedState | undefined> {
    const { cancelled } = this.#control
    const found = this.#services.confirmations.findUnconfirmed(record, cancelled)
    const object = await abortable(found, cancelled)
    return object && this.#end(record, object)
  }

  #end(record: UploadRecord, object: UploadedState): UploadedState {
    this.#services.multiparts.end(record)
    return object
  }

  #noteSilence(isSilent: boolean): void {
    const record = this.#services.store.get(this.#control.id)
    if (isSilent) {
      this.#releaseMultipartSlot()
      this.#wait(fileNotAnswering())
    } else if (record?.status === 'waiting' && isNotAnswering(record.lastError)) this.#wait()
  }

  #wait(error?: UploadError): void {
    this.#setState({ status: 'waiting', ...delayAfter(error, this.#services.runtime) })
  }

  #setState(state: UploadState, bytesUploaded?: number): void {
    const isMoving = state.status === 'waiting' || state.status === 'uploading'
    if (isMoving && this.#control.isPaused) return
    // An upload that was cancelled may end long after another began for the same file.
    if (!this.#control.isCancelled)
      this.#services.store.setState(this.#control.id, state, bytesUploaded)
  }
}
