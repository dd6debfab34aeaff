import { mebibyte } from '../../../src/s3/byte-units.js'
import type { Run } from '../run/run-scenario.js'
import type { Scenario, ScenarioEvent, ScenarioFile } from '../scenario/scenario.js'

/** What of a file may be sent twice for no reason that a scenario names. */
const freeShare = 1.2
/** What requests cost beside tiny files. */
const freeBytes = mebibyte
/** While a storage is busy, somebody tries about so often. */
const tryMs = 5000
const slots = 6
/** Always allowed in flight on a line that breaks. */
const smallestWidth = mebibyte
const shareOfInterval = 0.25

/** Bytes are sent once, and once more for each trouble that has hit them. */
export function wastesNothing({ world }: Run): string[] {
  const { scenario, network, faults, clock } = world
  // Breaks of a weather are of its own making.
  if (scenario.line.weather !== undefined) return []
  const requests = requestsOf(scenario)
  const [largest = 0] = requests
  const total = sum(requests)
  const ofEvents = sum(scenario.events.map((event) => costOf(event, scenario, requests)))
  const ofBreaks = costOfBreaks(scenario, { requests, forMs: clock.now })
  const free = freeShare * total + freeBytes
  const allowed = free + (faults.hits + 1) * largest + ofEvents + ofBreaks
  if (network.sentBytes <= allowed) return []
  const [sent, most] = [network.sentBytes / total, allowed / total].map((ratio) => ratio.toFixed(1))
  return [`WASTE ${sent} times the bytes were sent; ${most} times are explained`]
}

/** Bytes of every request that the files need, the largest first. */
function requestsOf({ files, server }: Scenario): number[] {
  const { thresholdMebibytes, partMebibytes } = server
  const cut = (file: ScenarioFile): number[] => {
    const size = sizeOf(file)
    if (size < thresholdMebibytes * mebibyte) return [size]
    const part = partMebibytes * mebibyte
    const count = Math.ceil(size / part)
    return Array.from({ length: count }, (_, index) => Math.min(part, size - index * part))
  }
  return files.flatMap(cut).sort((a, b) => b - a)
}

/** What an event may cost: what is in flight, or all that it makes worthless. */
function costOf(
  { kind, file, forMs = 0 }: ScenarioEvent,
  scenario: Scenario,
  requests: readonly number[],
): number {
  const [largest = 0] = requests
  const inFlight = sum(requests.slice(0, slots))
  const named = scenario.files.find(({ name }) => name === file)
  switch (kind) {
    case 'add-again':
    case 'change-file':
    case 'second-tab':
    case 'undo':
    case 'replace':
      return inFlight + (named ? sizeOf(named) : 0)
    case 'reload':
    case 'close-tab':
      return mayResume(scenario) ? 2 * inFlight : sum(requests)
    case 'lifecycle':
    case 'lose-part':
      return sum(requests) + inFlight
    case 's3-down':
      return inFlight + (forMs / tryMs) * largest
    case 'rotate-secret':
    case 'restart':
    case 'sign-out':
    case 'endpoint-down':
      return largest
    default:
      return inFlight
  }
}

function mayResume({ options, events }: Scenario): boolean {
  return options.resume !== false && !events.some(({ kind }) => /database/.test(kind))
}

function costOfBreaks(
  { line, server }: Scenario,
  { requests, forMs }: { readonly requests: readonly number[]; readonly forMs: number },
): number {
  const { breakEverySeconds, mebibytesPerSecond } = line
  if (breakEverySeconds === undefined) return 0
  const breaks = Math.ceil(forMs / (breakEverySeconds * 1000))
  const passing = breakEverySeconds * mebibytesPerSecond * mebibyte
  const inFlight = Math.max(smallestWidth, shareOfInterval * passing)
  return sum(requests.slice(0, slots)) + breaks * (server.partMebibytes * mebibyte + inFlight)
}

function sizeOf({ mebibytes, bytes }: ScenarioFile): number {
  return mebibytes * mebibyte + bytes
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
