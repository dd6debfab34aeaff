import type { LineRequest, LineSending } from './line-request.js'
import type { Transfer } from './transfer.js'

/** A request from the page's call to its end: it waits for a connection, and one or two transfers carry it. */
export class Sending implements LineSending {
  readonly request: LineRequest
  /** How many bytes of the line one byte of the request stands for. */
  readonly scale: number
  needsPreflight: boolean
  /** Whether the browser has sent it a second time. */
  wasRepeated = false
  transfer: Transfer | undefined
  acknowledgedBytes = 0
  readonly #onOver: () => void
  #isOver = false

  constructor(
    request: LineRequest,
    options: { readonly scale: number; readonly onOver: () => void },
  ) {
    this.request = request
    this.needsPreflight = request.hasPreflight
    this.scale = options.scale
    this.#onOver = options.onOver
  }

  get isOver(): boolean {
    return this.#isOver
  }

  get takenBytes(): number {
    const bufferBytes = this.transfer ? this.transfer.sendBufferBytes / this.scale : 0
    return Math.min(this.request.bodyBytes, Math.floor(this.acknowledgedBytes + bufferBytes))
  }

  /** Notes what the other side has acknowledged of the body. */
  acknowledge(bodyBytes: number): void {
    if (bodyBytes <= this.acknowledgedBytes) return
    this.acknowledgedBytes = bodyBytes
    this.request.onProgress?.(bodyBytes)
  }

  /** Makes it ready for the second sending, which nobody is told of and which has no preflight. */
  startOver(): void {
    this.wasRepeated = true
    this.needsPreflight = false
    this.transfer = undefined
    this.acknowledgedBytes = 0
  }

  /** Ends it; whoever calls this tells the page. */
  finish(): void {
    this.#isOver = true
    this.#onOver()
  }

  abort(): void {
    if (this.#isOver) return
    this.finish()
    this.transfer?.abandon()
  }
}
