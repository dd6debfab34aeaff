import { isNotAnswering } from './errors/file-errors.js'
import type { UploadError } from './errors/upload-error.js'
import { FileEvents } from './events/file-events.js'
import type { BytesOfFile } from './events/watch-transport.js'
import { delayAfter } from './retry/retry-policy.js'
import type { AttemptReport } from './sending/attempt.js'
import type { EngineServices } from './sending/engine-services.js'
import type { AcceptedPart } from './sending/parts-transfer.js'
import { isActive, isOffline, isPreparing, type UploadState } from './store/upload-record.js'
import type { HttpTransport } from './transfer/http-transport.js'
import type { UploadLifetime } from './upload-lifetime.js'

type ReportServices = Pick<EngineServices, 'store' | 'runtime' | 'onPartStored' | 'tell'>

/** Writes into the record of one file how its upload goes, and tells those who watch. */
export class UploadReport implements AttemptReport {
  readonly #id: string
  readonly #services: ReportServices
  readonly #lifetime: Pick<UploadLifetime, 'isPaused' | 'isCancelled'>
  readonly #events: FileEvents | undefined

  constructor(
    id: string,
    services: ReportServices,
    lifetime: Pick<UploadLifetime, 'isPaused' | 'isCancelled'>,
  ) {
    this.#id = id
    this.#services = services
    this.#lifetime = lifetime
    const record = services.store.get(id)
    this.#events = record && new FileEvents(record, services)
  }

  state(state: UploadState, bytesUploaded?: number): void {
    const isMoving = state.status === 'waiting' || state.status === 'uploading'
    if (isMoving && this.#lifetime.isPaused) return
    // An upload that was cancelled may end long after another began for the same file.
    if (this.#lifetime.isCancelled) return
    const { store } = this.#services
    store.setState(this.#id, state, bytesUploaded)
    const record = store.get(this.#id)
    if (record) this.#events?.state(record)
  }

  watch(transport: HttpTransport, bytes: BytesOfFile): HttpTransport {
    return this.#events?.watch(transport, bytes) ?? transport
  }

  /** The file was removed. */
  cancel(): void {
    this.#events?.cancel()
  }

  wait(error?: UploadError, delayMs?: number): void {
    this.state({ status: 'waiting', ...delayAfter(error, this.#services.runtime, delayMs) })
  }

  progress(sentBytes: number): void {
    if (!this.#lifetime.isCancelled) this.#services.store.setProgress(this.#id, sentBytes)
  }

  part(part: AcceptedPart): void {
    if (!this.#lifetime.isCancelled) this.#services.onPartStored(this.#id, part)
  }

  /** Shows the file as paused, at once, although what is under way may take a while to end. */
  pause(): void {
    const status = this.#status
    if (status === 'waiting' || status === 'uploading') this.state({ status: 'paused' })
  }

  /** Shows that a paused file goes on, at once, although it may wait for a slot for a while. */
  resume(): void {
    if (this.#status === 'paused') this.wait()
  }

  /** A file that was shown as not answering answers again. */
  answer(): void {
    const record = this.#services.store.get(this.#id)
    if (record?.status === 'waiting' && isNotAnswering(record.lastError)) this.wait()
  }

  /** Says of a file that waits for the endpoint why no answer comes; nothing once one has come. */
  endpoint(status: 'waiting' | 'finishing', error: UploadError | undefined): void {
    const { store, runtime } = this.#services
    const record = store.get(this.#id)
    if (record?.status !== status) return
    // It waits for something else.
    if (isPreparing(record) || record.retryAt !== undefined || isNotAnswering(record.lastError))
      return
    const delay = error ? delayAfter(error, runtime) : {}
    const isKnown = record.lastError === delay.lastError && record.reason === delay.reason
    if (!isKnown) this.state({ status, ...delay })
  }

  /** What is on its way may go on when the browser errs about its connection: then its bytes show it. */
  noteConnection(): void {
    const { store, runtime } = this.#services
    const record = store.get(this.#id)
    if (
      !record ||
      !isActive(record) ||
      isPreparing(record) ||
      isOffline(record) !== runtime.isOnline()
    )
      return
    const status = record.status === 'finishing' ? 'finishing' : 'waiting'
    this.state({ status, ...delayAfter(undefined, runtime) })
  }

  get #status() {
    return this.#services.store.get(this.#id)?.status
  }
}
