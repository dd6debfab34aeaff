import { abortable } from '../async/abortable.js'
import { FileChecksums } from './checksum/file-checksums.js'
import {
  isCongestion,
  isDamaged,
  isInvalidToken,
  isOutOfStep,
  isUnreadable,
  mayBeTheSignature,
  mayHaveMoreParts,
} from './errors/error-kinds.js'
import { explainUnreadable, fileNotAnswering, isNotAnswering } from './errors/file-errors.js'
import { CancelledError, toUploadError, type UploadError } from './errors/upload-error.js'
import { answerOf } from './reading/file-watch.js'
import { PatientReading } from './reading/patient-reading.js'
import { sourceOf } from './reading/readable-file.js'
import { AttemptBudget } from './retry/attempt-budget.js'
import { RetryWaits } from './retry/retry-waits.js'
import { type Attempt, beginAttempt } from './sending/attempt.js'
import type { EngineServices } from './sending/engine-services.js'
import { FileSender } from './sending/file-sender.js'
import { SmallParts } from './sending/small-parts.js'
import type { UploadedState, UploadRecord } from './store/upload-record.js'
import { UploadLifetime } from './upload-lifetime.js'
import { UploadReport } from './upload-report.js'

interface FileUploadOptions {
  readonly startPaused: boolean
  /** What of an earlier upload of the file is still under way. */
  readonly after: Promise<void> | undefined
}

/** Takes one file to the bucket, attempt after attempt, until the server has confirmed it or nothing helps. */
export class FileUpload {
  readonly id: string
  /** Resolves when the file's record says how the upload ended, or when that was cancelled. */
  readonly ended: Promise<void>
  /** Resolves when nothing of the upload is under way any more. */
  readonly settled: Promise<void>
  readonly #services: EngineServices
  readonly #lifetime: UploadLifetime
  readonly #report: UploadReport
  readonly #reading: PatientReading
  readonly #budget: AttemptBudget
  readonly #waits: RetryWaits
  readonly #smallParts = new SmallParts()
  readonly #sender: FileSender
  /** Computed so far. */
  #checksums: FileChecksums | undefined
  /** Number of attempts so far. */
  #attempts = 0
  /** How often an attempt has ended because the file gave no byte. */
  #pauses = 0
  #hasEnded = false
  /** What the app makes of the file; a pause does not end it. */
  #preparation: Promise<void> | undefined
  #isBeingPrepared = false

  /** The upload begins as soon as the present task is through, and what it has to wait for. */
  constructor(id: string, services: EngineServices, options: FileUploadOptions) {
    this.id = id
    this.#services = services
    this.#lifetime = new UploadLifetime(options)
    this.#report = new UploadReport(id, services, this.#lifetime)
    const onSilence = (isSilent: boolean) => this.#noteSilence(isSilent)
    this.#reading = new PatientReading({ ...services, onSilence })
    this.#waits = new RetryWaits(services.runtime)
    this.#budget = new AttemptBudget(services, services.scheduler)
    this.#sender = new FileSender(services, this.#smallParts)
    const work = Promise.resolve(options.after).then(() => this.#run())
    const end = () => undefined
    this.settled = work.then(end, end)
    this.ended = this.#conclude(work)
  }

  /** Whether the record says how it ended. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Stops sending until `resume`, and frees the slots. What is being confirmed goes on. */
  pause(): void {
    this.#lifetime.pause()
    this.#report.pause()
  }

  /** Continues a paused upload. */
  resume(): void {
    this.#lifetime.resume()
    this.#report.resume()
  }

  /** Tries again at once, if it waits for another attempt. */
  retryNow(): void {
    this.#waits.end()
  }

  /** Ends the upload at once; of what it still does, nothing is written into the record. */
  cancel(): void {
    this.#lifetime.cancel()
    this.#report.cancel()
  }

  /** Has the upload fail. */
  fail(error: UploadError): void {
    this.#lifetime.fail(error)
  }

  /** Hears why the endpoint does not answer, or that it has: a file with a signature waits for a slot instead. */
  noteEndpoint(status: 'waiting' | 'finishing', error: UploadError | undefined): void {
    if (status === 'finishing' || !this.#sender.hasSignature) this.#report.endpoint(status, error)
  }

  /** Hears that the browser has lost its connection, or is back. */
  noteConnection(): void {
    this.#report.noteConnection()
  }

  async #conclude(work: Promise<UploadedState>): Promise<void> {
    const { scheduler, explain } = this.#services
    try {
      this.#report.state(await work)
    } catch (thrown) {
      const { name = '' } = this.#services.store.get(this.id) ?? {}
      const known = explainUnreadable(toUploadError(thrown), { name })
      const error = await explain(known, scheduler).catch(() => known)
      this.#report.state({ status: 'failed', error })
    } finally {
      this.#sender.dropSignature()
      this.#hasEnded = true
    }
  }

  /** Resolves with the confirmed object; rejects with the reason why there is none. */
  async #run(): Promise<UploadedState> {
    for (;;) {
      if (this.#lifetime.isPaused) this.#report.state({ status: 'paused' })
      const signal = await this.#lifetime.startAttempt()
      if (this.#preparation || this.#isUnprepared()) await this.#prepare(signal)
      // Paused meanwhile.
      if (signal.aborted) continue
      const attempt = this.#begin(signal)
      try {
        return await this.#attempt(attempt)
      } catch (thrown) {
        this.#lifetime.cancelled.throwIfAborted()
        // Paused, and perhaps resumed meanwhile: no failure.
        if (signal.aborted) this.#sender.dropSignature()
        else {
          const object = await this.#recover(toUploadError(thrown), attempt)
          if (object) return object
        }
      }
    }
  }

  #isUnprepared(): boolean {
    const { preparations, store } = this.#services
    return preparations.areWantedFor(store.get(this.id))
  }

  /** Waits until the app has prepared the file, or the attempt is over; rejects when the app refuses it. */
  async #prepare(signal: AbortSignal): Promise<void> {
    const { cancelled } = this.#lifetime
    const onBegin = () => {
      this.#isBeingPrepared = true
      this.#report.state({ status: 'waiting', reason: 'preparing' })
    }
    if (this.#isBeingPrepared) onBegin()
    else this.#report.wait()
    this.#preparation ??= this.#services.preparations.run(this.id, { signal: cancelled, onBegin })
    try {
      await abortable(this.#preparation, signal)
      this.#preparation = undefined
      this.#report.wait()
    } catch (error) {
      cancelled.throwIfAborted()
      if (!signal.aborted) throw error
    }
  }

  #begin(signal: AbortSignal): Attempt {
    const { store, runtime } = this.#services
    const record = store.get(this.id)
    if (!record) throw new CancelledError()
    this.#attempts += 1
    const follow = <T>(work: Promise<T>) => this.#reading.follow(work, sourceOf(record))
    const facts = {
      record,
      number: this.#attempts,
      signal,
      cancelled: this.#lifetime.cancelled,
      smallParts: this.#smallParts,
      pauses: this.#pauses,
      waitToRetry: this.#waits.wait,
      report: this.#report,
      checksums: () => this.#checksumsOf(attempt),
      follow,
    }
    const attempt = beginAttempt(facts, runtime)
    return attempt
  }

  #checksumsOf({ source, cancelled, follow }: Attempt): FileChecksums {
    const { checksums } = this.#services
    this.#checksums ??= new FileChecksums(source, { checksums, signal: cancelled, follow })
    return this.#checksums
  }

  async #attempt(attempt: Attempt): Promise<UploadedState> {
    const { record, signal, cancelled, report } = attempt
    if (record.status !== 'waiting') report.wait()
    const object = await this.#findUnconfirmed(record)
    if (object) return object
    await this.#reading.begin(attempt.source, signal)
    const sent = await this.#sender.send(attempt)
    if (sent.requireUnchanged) await abortable(sent.requireUnchanged(), cancelled)
    const { confirmations } = this.#services
    confirmations.expect(record, sent)
    report.state({ status: 'finishing' })
    const confirmed = confirmations.confirmSent(record, sent, signal)
    // What is being put together goes on when the file is paused.
    return await abortable(confirmed, cancelled)
  }

  /** Finds the object if it is in the bucket after all; else waits for the next attempt, or throws. */
  async #recover(error: UploadError, attempt: Attempt): Promise<UploadedState | undefined> {
    const { record, signal } = attempt
    this.#report.wait(error)
    if (isNotAnswering(error)) {
      this.#pauses += 1
      await abortable(answerOf(attempt.source), signal).catch(() => undefined)
      return undefined
    }
    if (isUnreadable(error) && (await this.#reading.canGoOn(record.source, signal)))
      return undefined
    const { sentBytes, durationMs } = attempt
    const isSignatureOld = this.#sender.hasOldSignature
    const object = await this.#findUnconfirmed(record)
    if (object) return object
    // Each part has had its attempts; a token that was refused at once will be refused again.
    const isFinal = this.#sender.isInParts ? !isOutOfStep(error) : isInvalidToken(error)
    if (isFinal) return await this.#lookOnceMore(error, attempt)
    if (this.#smallParts.noteRefusal(error)) return undefined
    const failed = { error, sentBytes, durationMs, isSignatureOld }
    const delayMs = this.#budget.nextDelayMs(failed)
    if (delayMs === undefined) return await this.#lookOnceMore(error, attempt)
    this.#forgetWhatMayBeWrong(error)
    if (this.#smallParts.noteFailure(failed, record)) this.#sender.dropSignature()
    await this.#waitBeforeNext(error, delayMs, signal)
    return undefined
  }

  /** Before a file is given up: what it was sent by may have arrived late, or without an answer. */
  async #lookOnceMore(error: UploadError, attempt: Attempt): Promise<UploadedState | undefined> {
    const { record, cancelled } = attempt
    // Each time there is more, until all is there.
    if (mayHaveMoreParts(error) && (await this.#sender.hasMoreArrived(attempt))) return undefined
    const { confirmations } = this.#services
    const object = await abortable(confirmations.findMissed(record, cancelled), cancelled)
    if (object) return object
    throw error
  }

  async #waitBeforeNext(error: UploadError, delayMs: number, signal: AbortSignal): Promise<void> {
    this.#report.wait(error, delayMs)
    const wait = this.#waits.wait(delayMs, signal)
    if (isCongestion(error)) this.#services.scheduler.holdDuring(wait)
    // Rejects when paused or cancelled, which the next attempt sees for itself.
    await wait.catch(() => undefined)
    if (!signal.aborted) this.#report.wait(error)
  }

  #forgetWhatMayBeWrong(error: UploadError): void {
    if (mayBeTheSignature(error)) this.#sender.dropSignature()
    if (isDamaged(error)) this.#checksums?.forget()
    this.#sender.forgetParts()
  }

  /** Finds the object if an attempt that seemed to fail has stored it. */
  async #findUnconfirmed(record: UploadRecord): Promise<UploadedState | undefined> {
    const { cancelled } = this.#lifetime
    const found = this.#services.confirmations.findUnconfirmed(record, cancelled)
    return await abortable(found, cancelled)
  }

  #noteSilence(isSilent: boolean): void {
    if (isSilent) {
      this.#sender.releaseMultipartSlot()
      this.#report.wait(fileNotAnswering())
    } else this.#report.answer()
  }
}
