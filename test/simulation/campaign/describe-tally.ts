import type { ProblemCount, Tally } from './tally.js'

const hourMs = 3600_000
const longestExample = 300

interface TallyContext {
  readonly seconds: number
  /** Seeds that were run in that time. */
  readonly ran: number
  readonly workers: number
  /** What a replay needs besides the seed. */
  readonly replayOptions: string
}

/** Says what a campaign has shown, line by line. */
export function describeTally(
  tally: Tally,
  { seconds, ran, workers, replayOptions }: TallyContext,
): string[] {
  const { seeds, steps, bytesRatios, settledMs, worstSeed, classes, failed } = tally
  const rate = ran / seconds
  const steady = quantiles(steps, [0.5, 0.9])
  const ratios = quantiles(bytesRatios, [0.5, 0.9, 0.99, 1]).map((ratio) => ratio.toFixed(2))
  return [
    `${ran} seeds in ${seconds.toFixed(1)} s: ${rate.toFixed(1)}/s, ${(rate / workers).toFixed(1)}/s and worker; ${(settledMs / hourMs).toFixed(1)} hours of the clock`,
    `steps: median ${steady[0]}, p90 ${steady[1]}`,
    `bytes sent ÷ size: median ${ratios[0]}, p90 ${ratios[1]}, p99 ${ratios[2]}, worst ${ratios[3]} (seed ${worstSeed})`,
    ...[...classes.values()]
      .sort((a, b) => b.count - a.count)
      .flatMap((each) => describeClass(each, replayOptions)),
    `${seeds - failed} passed, ${failed} failed`,
  ]
}

function describeClass(
  { count, seeds, sizes, example }: ProblemCount,
  replayOptions: string,
): string[] {
  return [
    `✗ ${count}x, seeds ${seeds.join(' ')}: ${example.slice(0, longestExample)}`,
    `  npm run simulate -- --seed ${seeds[0]} --trace${sizes === 'real' ? ' --real-sizes' : ''}${replayOptions}`,
  ]
}

/** Values below which these shares of all values lie; 0 where there is none. */
function quantiles(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  return shares.map((share) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0)
}
