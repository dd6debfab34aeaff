import { CongestionWindow } from './congestion-window.js'
import type { Line } from './line.js'
import { packetBytes } from './packet.js'
import type { Transfer } from './transfer.js'

/** The window is taken for a little larger, so that no rounding decides whether a segment fits. */
const roundingShare = 1.0001

/** Sends the bodies of one connection: in segments, as many as the congestion window holds, until all is acknowledged. */
export class SegmentSender {
  /** Whether anything moves: false before the handshakes are done, and after a break. */
  isOpen = false
  /** When the other side was heard last. */
  heardAt: number
  readonly #line: Line
  readonly #onArrived: (transfer: Transfer) => void
  readonly #window: CongestionWindow
  #transfers: readonly Transfer[] = []
  /** Whose turn it is, among the streams of HTTP/2. */
  #turn = 0
  #inFlightBytes = 0

  constructor(line: Line, onArrived: (transfer: Transfer) => void) {
    this.#line = line
    this.#onArrived = onArrived
    this.#window = new CongestionWindow(line.weather)
    this.heardAt = line.clock.now
  }

  get windowBytes(): number {
    return this.#window.bytes
  }

  /** Prepares for a request, which may come after a pause. */
  wakeUp(): void {
    this.#window.afterIdle(this.#line.clock.now - this.heardAt)
  }

  /** Begins to send a body. */
  add(transfer: Transfer): void {
    this.#transfers = [...this.#transfers, transfer]
    this.#fillWindow()
  }

  /** Sends nothing more of a body; what is in flight stays so. */
  remove(transfer: Transfer): void {
    this.#transfers = this.#transfers.filter((other) => other !== transfer)
    this.#fillWindow()
  }

  #fillWindow(): void {
    while (this.isOpen) {
      const windowBytes = this.#window.bytes
      const segmentBytes = this.#segmentBytes(windowBytes)
      // A segment goes when at least half of it fits.
      const isIdle = this.#inFlightBytes < 1
      if (!isIdle && this.#inFlightBytes + segmentBytes / 2 > windowBytes * roundingShare) return
      const transfer = this.#nextToSend()
      if (!transfer) return
      const bytes = transfer.take(segmentBytes)
      this.#inFlightBytes += bytes
      this.#line.sentBytes += bytes
      this.#put(transfer, bytes)
    }
  }

  /** Larger segments than the weather's are for speed; they stay small beside the window. */
  #segmentBytes(windowBytes: number): number {
    const { largestSegmentBytes, weather } = this.#line
    const narrowestBytes = Math.min(windowBytes, weather.http2?.streamWindowBytes ?? windowBytes)
    const largeBytes = Math.min(largestSegmentBytes, narrowestBytes / 8)
    if (largeBytes <= weather.segmentBytes) return weather.segmentBytes
    return Math.floor(largeBytes / packetBytes) * packetBytes
  }

  #nextToSend(): Transfer | undefined {
    const { http2 } = this.#line.weather
    const count = this.#transfers.length
    for (let i = 0; i < count; i++) {
      const index = (this.#turn + i) % count
      const transfer = this.#transfers[index]
      if (!transfer || transfer.leftBytes === 0) continue
      if (http2 && transfer.inFlightBytes >= http2.streamWindowBytes) continue
      this.#turn = (index + 1) % count
      return transfer
    }
    return undefined
  }

  #put(transfer: Transfer, bytes: number): void {
    const { clock, uplink, weather } = this.#line
    const { isFull } = uplink
    if (isFull || this.#isLost(bytes)) {
      this.#putInVain(transfer, bytes, isFull ? 0 : bytes)
      return
    }
    uplink.put(bytes, weather.roundTripMs, () => this.#acknowledge(transfer, bytes, clock.now))
  }

  #isLost(bytes: number): boolean {
    const { random, weather } = this.#line
    if (!weather.lossShare) return false
    return random() < 1 - (1 - weather.lossShare) ** Math.ceil(bytes / packetBytes)
  }

  /** A segment that is dropped before the line, or lost on it, is put again when the loss is noticed. */
  #putInVain(transfer: Transfer, bytes: number, lineBytes: number): void {
    const { clock, uplink, weather } = this.#line
    const sentAt = clock.now
    // Later segments show a loss at once. After the last one, only a timer does.
    const roundTrips = transfer.leftBytes === 0 ? 2 : 1.1
    uplink.put(lineBytes, weather.roundTripMs * roundTrips, () => {
      if (!this.isOpen) return
      this.#window.lose(sentAt, clock.now)
      if (transfer.isOver) {
        this.#inFlightBytes -= bytes
        this.#fillWindow()
      } else {
        this.#put(transfer, bytes)
      }
    })
  }

  #acknowledge(transfer: Transfer, bytes: number, now: number): void {
    if (!this.isOpen) return
    this.heardAt = now
    this.#inFlightBytes -= bytes
    this.#window.acknowledge(bytes, this.#inFlightBytes, now)
    if (!transfer.isOver) transfer.acknowledge(bytes)
    this.#fillWindow()
    if (!transfer.isOver && transfer.hasArrived) this.#onArrived(transfer)
  }
}
