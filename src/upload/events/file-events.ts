import type { Runtime } from '../../async/runtime.js'
import { hasEnded, type UploadRecord } from '../store/upload-record.js'
import type { HttpTransport } from '../transfer/http-transport.js'
import type { EndEvent, RequestEvent, StateEvent, TellEvent } from './upload-event.js'
import { type BytesOfFile, watchTransport } from './watch-transport.js'

/** What the events of a file need. */
interface FileEventsOptions {
  readonly runtime: Pick<Runtime, 'now'>
  readonly tell: TellEvent
}

/** Tells how the upload of one file goes. */
export class FileEvents {
  readonly #record: UploadRecord
  readonly #options: FileEventsOptions
  readonly #startedAt: number
  readonly #sum = { sentBytes: 0, requests: 0, failedRequests: 0 }
  #last: Pick<StateEvent, 'status' | 'reason'> = { status: 'ready' }
  #pausedAt: number | undefined
  #pausedMs = 0
  #isOver = false

  constructor(record: UploadRecord, options: FileEventsOptions) {
    this.#record = record
    this.#options = options
    this.#startedAt = options.runtime.now()
  }

  /** Sends by `transport`, and tells of the request when it is over. */
  watch(transport: HttpTransport, bytes: BytesOfFile): HttpTransport {
    const { now } = this.#options.runtime
    const tell = (event: RequestEvent) => this.#noteRequest(event)
    return watchTransport(transport, bytes, { id: this.#id, now, tell })
  }

  /** Hears of the record whenever it was replaced; tells when it is in another state, or waits for another reason. */
  state(record: UploadRecord): void {
    const { status, bytesUploaded } = record
    const reason = reasonOf(record)
    if (status === this.#last.status && reason === this.#last.reason) return
    this.#last = { status, reason }
    this.#notePause(status === 'paused')
    const why = reason === undefined ? {} : { reason }
    this.#options.tell({ type: 'state', id: this.#id, status, ...why, bytesUploaded })
    if (hasEnded(record)) this.#end(reason ?? 'ok')
  }

  /** The file was removed: unless its upload is over, it ends now. */
  cancel(): void {
    this.#notePause(false)
    this.#end('cancelled')
  }

  get #id(): string {
    return this.#record.uploadId
  }

  #noteRequest(event: RequestEvent): void {
    this.#sum.requests += 1
    this.#sum.sentBytes += event.sentBytes ?? 0
    const isFailure = event.outcome !== 'ok' && event.outcome !== 'cancelled'
    if (isFailure) this.#sum.failedRequests += 1
    this.#options.tell(event)
  }

  #notePause(isPaused: boolean): void {
    const now = this.#options.runtime.now()
    if (this.#pausedAt !== undefined) this.#pausedMs += now - this.#pausedAt
    this.#pausedAt = isPaused ? now : undefined
  }

  #end(outcome: EndEvent['outcome']): void {
    if (this.#isOver) return
    this.#isOver = true
    const { size } = this.#record
    const activeMs = this.#options.runtime.now() - this.#startedAt - this.#pausedMs
    const durationMs = Math.round(activeMs)
    const speed = outcome === 'ok' && { bytesPerSecond: Math.round(size / (activeMs / 1000 || 1)) }
    const sum = { ...this.#sum }
    this.#options.tell({ type: 'end', id: this.#id, outcome, size, ...sum, durationMs, ...speed })
  }
}

function reasonOf(record: UploadRecord): StateEvent['reason'] {
  if (record.status === 'failed') return record.error.code
  if (record.status !== 'waiting' && record.status !== 'finishing') return undefined
  return record.lastError?.code ?? record.reason
}
