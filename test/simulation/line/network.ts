import { Bandwidth } from './bandwidth.js'
import { BreakSchedule } from './break-schedule.js'
import { BusyStorage } from './busy-storage.js'
import { HostPool } from './host-pool.js'
import { largestSegment } from './largest-segment.js'
import type { Line } from './line.js'
import type { LineClock } from './line-clock.js'
import type { LineRequest, LineSending } from './line-request.js'
import { planBreaks } from './planned-breaks.js'
import { Sending } from './sending.js'
import { Uplink } from './uplink.js'
import type { Weather } from './weather.js'

/** What a network runs on. */
export interface NetworkOptions {
  readonly clock: LineClock
  readonly random: () => number
  /**
   * Divides every size of the weather: with 1024, files of KiB stand for files of MiB.
   *
   * @default 1
   */
  readonly scale?: number
  /**
   * The most bytes, unscaled, that the model moves in one step; never a large share of a window or the queue.
   *
   * Larger steps run faster and are a little less exact.
   *
   * @default the `segmentBytes` of the weather
   */
  readonly largestSegmentBytes?: number
}

/** The time that a request costs the browser before it begins. */
const usualBrowserMs = 2

/** A browser's connections over one line to any number of hosts. */
export class Network {
  readonly #line: Line
  readonly #scale: number
  readonly #hosts = new Map<string, HostPool>()
  readonly #breaks: BreakSchedule
  #browserFreeAt = 0
  #sendings = 0

  constructor(weather: Weather, options: NetworkOptions) {
    const { clock, random, scale = 1, largestSegmentBytes = weather.segmentBytes } = options
    const breaks = planBreaks(weather.breaks, random)
    const outages = breaks
      .filter(({ outageMs }) => outageMs > 0)
      .map(({ atMs, outageMs }) => ({ fromMs: atMs, untilMs: atMs + outageMs }))
    this.#scale = scale
    this.#line = {
      clock,
      random,
      weather,
      uplink: new Uplink(clock, new Bandwidth(weather, outages), weather.queueMs),
      storage: new BusyStorage(weather.busyPhases),
      largestSegmentBytes: largestSegment(weather, largestSegmentBytes),
      sentBytes: 0,
    }
    this.#breaks = new BreakSchedule(clock, {
      breaks,
      carryOut: (how) => this.#breakConnections(how),
      isNeeded: () => this.#sendings > 0,
    })
  }

  /** Bytes of requests that were put on the line, also in vain. What TCP repeats is not counted. */
  get sentBytes(): number {
    return this.#line.sentBytes / this.#scale
  }

  /** Sends a request after the time that it costs the browser. */
  send(request: LineRequest): LineSending {
    const { clock } = this.#line
    const sending = new Sending(request, {
      scale: this.#scale,
      onOver: () => {
        this.#sendings -= 1
      },
    })
    this.#breaks.resume()
    this.#sendings += 1
    this.#browserFreeAt =
      Math.max(this.#browserFreeAt, clock.now) + (request.browserMs ?? usualBrowserMs)
    clock.at(this.#browserFreeAt - clock.now, () => this.#host(request.host).carry(sending))
    return sending
  }

  /**
   * Ends all connections: both ends hear it, or nothing moves any more and nobody hears it.
   *
   * Connections that are opened later work, after the outage.
   */
  breakAll(how: 'reset' | 'silent', outageMs = 0): void {
    if (outageMs > 0) this.#line.uplink.darken(outageMs)
    this.#breakConnections(how)
  }

  /** Sets the bandwidth from now on; `undefined` gives back the weather's own. */
  setBandwidth(bytesPerSecond: number | undefined): void {
    this.#line.uplink.setBandwidth(
      bytesPerSecond === undefined ? undefined : bytesPerSecond * this.#scale,
    )
  }

  #breakConnections(how: 'reset' | 'silent'): void {
    for (const host of this.#hosts.values()) host.breakAll(how)
  }

  #host(name: string): HostPool {
    let host = this.#hosts.get(name)
    if (!host) {
      host = new HostPool(this.#line)
      this.#hosts.set(name, host)
    }
    return host
  }
}
