import type { Bandwidth } from './bandwidth.js'
import type { LineClock, LineTask } from './line-clock.js'

/** Bytes that leave together, and what happens some time after they have left. */
interface Packet {
  bytes: number
  startsAt: number
  leavesAt: number
  readonly afterMs: number
  readonly run: () => void
  task: LineTask | undefined
}

/** Packets that have left are forgotten in lots of this size. */
const forgottenTogether = 256

/** The one way out: what is put on it leaves in order, as fast as the bandwidth allows. */
export class Uplink {
  readonly #clock: LineClock
  readonly #bandwidth: Bandwidth
  readonly #queueMs: number
  readonly #packets: Packet[] = []
  /** Index of the first packet that may not have left. */
  #first = 0
  #freeAt = 0

  constructor(clock: LineClock, bandwidth: Bandwidth, queueMs = Number.POSITIVE_INFINITY) {
    this.#clock = clock
    this.#bandwidth = bandwidth
    this.#queueMs = queueMs
  }

  /** Whether the queue before the line is so long that packets are dropped. */
  get isFull(): boolean {
    const { now } = this.#clock
    return this.#freeAt - now > this.#queueMs && !this.#bandwidth.isDarkAt(now)
  }

  /** Puts bytes at the end of the queue; `run` is called so long after they have left. */
  put(bytes: number, afterMs: number, run: () => void): void {
    const packet = { bytes, startsAt: 0, leavesAt: 0, afterMs, run, task: undefined }
    this.#forgetWhatLeft()
    this.#packets.push(packet)
    this.#place(packet)
  }

  /** Changes the bandwidth from now on, also for what waits in the queue. */
  setBandwidth(bytesPerSecond: number | undefined): void {
    this.#bandwidth.override(bytesPerSecond)
    this.#placeAllAnew()
  }

  /** Lets nothing pass for so long. */
  darken(outageMs: number): void {
    const { now } = this.#clock
    this.#bandwidth.addOutage({ fromMs: now, untilMs: now + outageMs })
    this.#placeAllAnew()
  }

  #place(packet: Packet): void {
    const { now } = this.#clock
    packet.startsAt = Math.max(now, this.#freeAt)
    packet.leavesAt = this.#bandwidth.leavesAt(packet.startsAt, packet.bytes)
    this.#freeAt = packet.leavesAt
    packet.task =
      packet.leavesAt === Number.POSITIVE_INFINITY
        ? undefined
        : this.#clock.at(packet.leavesAt - now + packet.afterMs, packet.run)
  }

  #placeAllAnew(): void {
    this.#forgetWhatLeft()
    const { now } = this.#clock
    this.#freeAt = now
    for (const packet of this.#packets.slice(this.#first)) {
      packet.task?.cancel()
      const { startsAt, leavesAt } = packet
      if (startsAt < now && leavesAt < Number.POSITIVE_INFINITY) {
        packet.bytes *= (leavesAt - now) / (leavesAt - startsAt)
      }
      this.#place(packet)
    }
  }

  #forgetWhatLeft(): void {
    const { now } = this.#clock
    let packet = this.#packets[this.#first]
    while (packet && packet.leavesAt <= now) {
      this.#first += 1
      packet = this.#packets[this.#first]
    }
    if (this.#first < forgottenTogether) return
    this.#packets.splice(0, this.#first)
    this.#first = 0
  }
}
