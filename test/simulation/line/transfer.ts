import { headBytes } from './packet.js'
import type { Sending } from './sending.js'

/** What a transfer needs of the connection that carries it. */
interface Carrier {
  readonly sendBufferBytes: number
  abandon(transfer: Transfer): void
}

/** One sending of a request over one connection. */
export class Transfer {
  readonly sending: Sending
  /** Whether the browser sends the request again by itself if this connection is reset. */
  isRepeatable: boolean
  /** Bytes that are still to be put on the line. */
  leftBytes: number
  inFlightBytes = 0
  isOver = false
  readonly #carrier: Carrier
  #segmentsInFlight = 0
  #acknowledgedBytes = 0

  constructor(
    sending: Sending,
    options: { readonly carrier: Carrier; readonly isRepeatable: boolean },
  ) {
    this.sending = sending
    this.isRepeatable = options.isRepeatable
    this.leftBytes = sending.request.bodyBytes * sending.scale + headBytes
    this.#carrier = options.carrier
  }

  get sendBufferBytes(): number {
    return this.#carrier.sendBufferBytes
  }

  get hasArrived(): boolean {
    return this.leftBytes === 0 && this.#segmentsInFlight === 0
  }

  /** Takes the next bytes to put on the line. */
  take(mostBytes: number): number {
    const bytes = Math.min(mostBytes, this.leftBytes)
    this.leftBytes -= bytes
    this.inFlightBytes += bytes
    this.#segmentsInFlight += 1
    return bytes
  }

  /** Notes that bytes which were taken have been acknowledged. */
  acknowledge(bytes: number): void {
    this.inFlightBytes -= bytes
    this.#segmentsInFlight -= 1
    this.#acknowledgedBytes += bytes
    const { request, scale } = this.sending
    this.sending.acknowledge(
      this.hasArrived
        ? request.bodyBytes
        : Math.floor((this.#acknowledgedBytes - headBytes) / scale),
    )
  }

  abandon(): void {
    this.#carrier.abandon(this)
  }
}
