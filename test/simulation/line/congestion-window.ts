import { packetBytes } from './packet.js'
import type { Weather } from './weather.js'

const initialBytes = 10 * packetBytes
const smallestBytes = 2 * packetBytes

/** What CUBIC keeps of the window after a loss, and how fast it grows back (RFC 9438). */
const keptShare = 0.7
const growth = 0.4

/** How many bytes a connection may have in flight: slow start and CUBIC, or a fixed number. */
export class CongestionWindow {
  readonly #isFixed: boolean
  readonly #largestBytes: number
  readonly #roundTripSeconds: number
  #bytes: number
  #slowStartEndsAt = Number.POSITIVE_INFINITY
  #bytesBeforeLoss = 0
  #lossAtMs = Number.NEGATIVE_INFINITY

  constructor(weather: Weather) {
    this.#isFixed = weather.hasFixedWindow ?? false
    this.#largestBytes = weather.windowBytes
    this.#roundTripSeconds = weather.roundTripMs / 1000
    this.#bytes = this.#isFixed ? weather.windowBytes : initialBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** A connection that was idle for long begins with the initial window again. */
  afterIdle(idleMs: number): void {
    if (this.#isFixed || idleMs <= Math.max(1000, 2000 * this.#roundTripSeconds)) return
    this.#bytes = Math.min(this.#bytes, initialBytes)
  }

  /** Grows with acknowledged bytes; `inFlightBytes` are those that are still under way. */
  acknowledge(bytes: number, inFlightBytes: number, nowMs: number): void {
    if (this.#isFixed) return
    const isSlowStart = this.#bytes < this.#slowStartEndsAt
    if (!isSlowStart) this.#growAsCubic(bytes, nowMs)
    // In slow start, a window that is hardly used does not grow.
    else if (inFlightBytes + bytes > this.#bytes / 2) {
      this.#bytes = Math.min(this.#bytes + bytes, this.#largestBytes)
    }
  }

  /** Shrinks after a loss, once for all that was sent before it was noticed. */
  lose(sentAtMs: number, nowMs: number): void {
    if (this.#isFixed || sentAtMs <= this.#lossAtMs) return
    this.#lossAtMs = nowMs
    this.#bytesBeforeLoss = Math.max(this.#bytes, smallestBytes)
    this.#bytes = Math.max(this.#bytes * keptShare, smallestBytes)
    this.#slowStartEndsAt = this.#bytes
  }

  #growAsCubic(bytes: number, nowMs: number): void {
    const seconds = (nowMs - this.#lossAtMs) / 1000
    const packetsBeforeLoss = this.#bytesBeforeLoss / packetBytes
    const secondsToReturn = Math.cbrt((packetsBeforeLoss * (1 - keptShare)) / growth)
    const distance = seconds + this.#roundTripSeconds - secondsToReturn
    const cubic = growth * distance ** 3 + packetsBeforeLoss
    // On short round trips CUBIC follows the additive increase of Reno, 0.53 packets a round trip.
    const reno = packetsBeforeLoss * keptShare + 0.53 * (seconds / this.#roundTripSeconds)
    const target = Math.min(Math.max(cubic, reno) * packetBytes, this.#bytes + bytes / 2)
    this.#bytes = Math.min(this.#largestBytes, Math.max(this.#bytes, target))
  }
}
