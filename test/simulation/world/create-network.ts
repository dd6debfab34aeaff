import { mebibyte } from '../../../src/s3/byte-units.js'
import type { Clock } from '../clock/clock.js'
import { Network } from '../line/network.js'
import { packetBytes } from '../line/packet.js'
import type { Weather } from '../line/weather.js'
import { weathers } from '../line/weathers.js'
import type { LineFacts } from '../scenario/scenario.js'

const realMebibyte = 2 ** 20

/** Small sizes stand for large ones: then the line is as much smaller. */
const scale = realMebibyte / mebibyte

/** Larger steps of the line cost less; few scenarios depend on smaller ones. */
const largestSegmentBytes = realMebibyte / 4

/** Makes the line of a scenario. */
export function createNetwork(
  line: LineFacts,
  { clock, random }: { clock: Clock; random: () => number },
) {
  const lineClock = {
    get now() {
      return clock.now
    },
    at: (delayMs: number, run: () => void) => clock.atPlainly(delayMs, run),
  }
  return new Network(weatherOf(line), { clock: lineClock, random, scale, largestSegmentBytes })
}

function weatherOf({
  weather,
  mebibytesPerSecond,
  roundTripMs,
  breakEverySeconds,
}: LineFacts): Weather {
  const known = weathers[weather as keyof typeof weathers]
  if (known) return known
  const breakMs = breakEverySeconds === undefined ? undefined : breakEverySeconds * 1000
  return {
    title: 'of a scenario',
    bandwidth: [{ fromMs: 0, bytesPerSecond: mebibytesPerSecond * realMebibyte }],
    roundTripMs,
    tlsRoundTrips: 1,
    windowBytes: realMebibyte,
    queueMs: 1000,
    segmentBytes: 4 * packetBytes,
    serverMs: 0,
    ...(breakMs !== undefined && {
      breaks: { everyMs: [breakMs, breakMs], outageMs: 0, silentShare: 0 },
    }),
  }
}
