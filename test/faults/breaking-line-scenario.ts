import { createRandom, type Random } from '../support/random.js'
import type { BreakingLine, Scenario, ScenarioFile } from './scenario.js'

const mebibyte = 1024 * 1024
const largestBytes = 12 * mebibyte
/** What gets through between two breaks at least. */
const betweenBreaksBytes = 10 * mebibyte
const shortestSeconds = 6
const longestSeconds = 30
/** All files of a seed together, if the line did not break. */
const transferSeconds = 30
const limitMs = 120_000

/** Files of 1 byte to 12 MiB on a line of 1 to 3 MB/s that breaks every 6 to 30 s; nothing else goes wrong. */
export function breakingLineScenario(seed: number): Scenario {
  const random = createRandom(`breaking line ${seed}`)
  const line = drawLine(random)
  return {
    seed,
    files: drawFiles(random, line),
    method: random.chance(0.25) ? 'PUT' : 'POST',
    profile: random.pick(['aws', 'aws', 'aws', 'rgw16', 'rgw20']),
    options: { checksum: random.chance(0.7) },
    // A third of the servers sends files of this size in parts from the start.
    sizes: random.chance(0.3) ? { multipartThreshold: '5MiB', partSize: '5MiB' } : {},
    faults: { seed, rate: 0, limit: 0, kinds: ['delay'] },
    strikes: [],
    endpointFaults: { seed, rate: 0, limit: 0 },
    signedOutAt: undefined,
    refusals: 0,
    givesUp: false,
    actions: [],
    line,
    limitMs,
  }
}

function drawLine(random: Random): BreakingLine {
  const bytesPerSecond = random.integer(1_000_000, 3_000_000)
  const leastMs = Math.ceil(Math.max(shortestSeconds, betweenBreaksBytes / bytesPerSecond) * 1000)
  // On half of the lines a break comes as soon as it may.
  const mostMs = random.chance(0.5)
    ? Math.min(leastMs * 1.2, longestSeconds * 1000)
    : longestSeconds * 1000
  const count = Math.ceil(limitMs / leastMs)
  const breaksAfterMs = Array.from({ length: count }, () =>
    random.integer(leastMs, Math.floor(mostMs)),
  )
  return { bytesPerSecond, breaksAfterMs }
}

/** As many as the line takes in its time; the first one always. */
function drawFiles(random: Random, { bytesPerSecond }: BreakingLine): ScenarioFile[] {
  const files: ScenarioFile[] = []
  let left = bytesPerSecond * transferSeconds
  const count = random.integer(1, 12)
  while (files.length < count) {
    const size = drawSize(random)
    left -= size
    if (left < 0 && files.length > 0) break
    files.push({ name: `${String(files.length).padStart(2, '0')} ${size}.bin`, size })
  }
  return files
}

function drawSize(random: Random): number {
  const exact = [1, 5 * mebibyte - 1, 5 * mebibyte, 5 * mebibyte + 1, largestBytes] as const
  if (random.chance(0.15)) return random.pick(exact)
  if (random.chance(0.3)) return random.integer(1, mebibyte)
  return random.integer(mebibyte, largestBytes)
}
