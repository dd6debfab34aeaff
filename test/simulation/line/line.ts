import type { BusyStorage } from './busy-storage.js'
import type { LineClock } from './line-clock.js'
import type { Uplink } from './uplink.js'
import type { Weather } from './weather.js'

/** What all connections share. */
export interface Line {
  readonly clock: LineClock
  readonly random: () => number
  readonly weather: Weather
  readonly uplink: Uplink
  readonly storage: BusyStorage
  /** The most bytes that the model moves in one step. */
  readonly largestSegmentBytes: number
  /** Bytes that connections have put on the line. */
  sentBytes: number
}
