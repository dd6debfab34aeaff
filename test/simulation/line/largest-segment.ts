import type { Weather } from './weather.js'

/** A queue that held only a few segments would drop those of one connection and take those of another. */
const segmentsInQueue = 32

/** The most bytes to move in one step in a weather, where that many are wanted for speed. */
export function largestSegment(weather: Weather, wantedBytes: number): number {
  const { bandwidth, queueMs = Number.POSITIVE_INFINITY } = weather
  const slowest = Math.min(...bandwidth.map(({ bytesPerSecond }) => bytesPerSecond))
  return Math.min(wantedBytes, (slowest * queueMs) / 1000 / segmentsInQueue)
}
