import type { Random } from '../../support/random.js'
import {
  type Arranged,
  arranged,
  type Drawn,
  filesOf,
  part,
  plainLine,
  slowLine,
} from './arranged.js'

/** S3's smallest part comes through between two breaks, and the planned one does not. */
export function tightLine(random: Random, drawn: Drawn): Arranged {
  const files = filesOf(random.integer(1, 2), () => random.integer(10, 20))
  const line = { mebibytesPerSecond: 0.3, roundTripMs: random.pick([60, 300]) }
  return arranged(drawn, {
    files,
    server: { partMebibytes: 8, thresholdMebibytes: part },
    line: { ...line, breakEverySeconds: 26 },
  })
}

/** More than six, each in parts. */
export function manyLargeFiles(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(random.integer(8, 10), () => random.integer(6, 12)),
    server: { thresholdMebibytes: part },
    line: plainLine,
  })
}

/** Offline for longer than anything is tried again. */
export function longOffline(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(random.integer(1, 4), () => random.integer(1, 20)),
    line: { ...plainLine, mebibytesPerSecond: 2 },
    events: [
      { kind: 'offline', at: random.integer(0, 8000), forMs: random.integer(400_000, 900_000) },
    ],
  })
}

/** Files that wait for their turn until their signatures are old. */
export function longQueue(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(7, () => random.integer(27, 31)),
    options: { concurrency: random.pick([1, 2]) },
    server: { thresholdMebibytes: 32 },
    line: { mebibytesPerSecond: 0.2, roundTripMs: 60 },
  })
}

/** Parts and whole files that want the same slots. */
export function smallBesideLarge(random: Random, drawn: Drawn): Arranged {
  const large = filesOf(2, () => random.integer(10, 20))
  const all = filesOf(random.integer(12, 16), () => random.integer(1, 3))
  return arranged(drawn, {
    files: [...large, ...all.slice(large.length)],
    options: { checksum: false },
    server: { thresholdMebibytes: part },
    line: { ...plainLine, mebibytesPerSecond: 2 },
  })
}

/** The computer sleeps, with the clock that only runs forward, while files wait for their turn. */
export function sleepInQueue(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(random.integer(3, 5), () => random.integer(3, 4)),
    options: { concurrency: 1 },
    line: slowLine,
    events: [
      {
        kind: 'sleep',
        at: random.integer(2000, 12_000),
        forMs: 3600_000,
        isClockFrozen: random.chance(0.5),
      },
    ],
  })
}
