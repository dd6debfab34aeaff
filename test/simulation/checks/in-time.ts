import { mebibyte } from '../../../src/s3/byte-units.js'
import type { Run } from '../run/run-scenario.js'
import type { EventKind, FaultKind, Scenario } from '../scenario/scenario.js'

const idleMs = 30_000
const slack = 1.5
/** The longest pause between two tries, once for the file and once for what it waits for. */
const retryPausesMs = 2 * 20_000
/**
 * A silent request is ended after 120 s to S3, and after a minute to the endpoint; a break that nobody hears leaves six
 * connections to each dead, one found out after the other.
 */
const silenceMs = 6 * (120_000 + 60_000)
/** An endpoint that does not answer is asked again after a minute, for the file and for its confirmation. */
const endpointSilenceMs = 2 * 60_000
/** Round trips that a request costs with its signature, its connection and its confirmation. */
const roundTrips = 12
const connections = 6
const usualPartMebibytes = 5

const silent: ReadonlySet<string> = new Set([
  'stall',
  'late-delivery',
  'dark',
  'sleep',
  'offline',
] satisfies (FaultKind | EventKind)[])

/** Once nothing is wrong any more, everything ends in the time that the line needs. */
export function inTime({ world, end }: Run): string[] {
  const { scenario, clock, quietSinceMs } = world
  const { line } = scenario
  // Troubles of the line itself do not end.
  const isTroubled = line.weather !== undefined || line.breakEverySeconds !== undefined
  if (isTroubled || end !== 'done') return []
  const takenMs = clock.now - quietSinceMs
  const allowedMs = idleMs + slack * sendingMs(scenario) + knownWaitsMs(scenario)
  if (takenMs <= allowedMs) return []
  const [taken, allowed] = [takenMs, allowedMs].map((ms) => Math.round(ms / 1000))
  return [`LATE all is over ${taken} s after the last trouble; it should be after ${allowed} s`]
}

function sendingMs({ files, line, options }: Scenario): number {
  const mebibytes = files.reduce((sum, file) => sum + file.mebibytes + file.bytes / mebibyte, 0)
  const requests = files.length + mebibytes / usualPartMebibytes
  const width = Math.min(options.concurrency ?? connections, connections)
  const waitingMs = (requests / width + 1) * roundTrips * line.roundTripMs
  return (mebibytes / line.mebibytesPerSecond) * 1000 + waitingMs
}

function knownWaitsMs({ faults, events }: Scenario): number {
  const isSilent = [...faults, ...events].some(({ kind }) => silent.has(kind))
  const isEndpointHit = faults.some(({ leg }) => leg !== 's3')
  return retryPausesMs + (isSilent ? silenceMs : 0) + (isEndpointHit ? endpointSilenceMs : 0)
}
