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
import type { Fault } from './scenario.js'

/** Files and parts of all sizes, the first of which S3 refuses as busy. */
export function busyStorage(random: Random, drawn: Drawn): Arranged {
  const count = random.integer(3, 8)
  return arranged(drawn, {
    files: filesOf(count, () => random.pick([1, 2, 3, 4, 6, 12])),
    server: { thresholdMebibytes: random.pick([part, 32]) },
    line: { ...plainLine, mebibytesPerSecond: random.pick([2, 10]) },
    faults: refusals(random.integer(2, 10)),
  })
}

/** Small files, more than there are slots, the first of which S3 refuses as busy. */
export function busyStorageWithSmallFiles(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(70, () => 0),
    line: plainLine,
    faults: refusals(random.integer(3, 9)),
  })
}

/** S3 answers an abort, and keeps the upload: a part was on its way. */
export function abortUndone(random: Random, drawn: Drawn): Arranged {
  const hit = { leg: 'server', operation: 'AbortMultipartUpload', kind: 'undone' } as const
  const faults = Array.from({ length: random.integer(2, 4) }, (_, index) => {
    return { ...hit, nth: index + 1 }
  })
  const on = 's3:UploadPart:200'
  return arranged(drawn, {
    // Once all files are through, nothing fails any more.
    files: filesOf(random.integer(2, 3), () => random.integer(11, 20)),
    server: { thresholdMebibytes: part },
    line: plainLine,
    faults,
    events: [{ kind: 'cancel', file: '00.bin', on, nth: 1, afterMs: random.pick([0, 20]) }],
  })
}

/** A page that comes later finds a part that is smaller than planned, and nothing to compare it with. */
export function emptiedPart(random: Random, drawn: Drawn): Arranged {
  const first = { on: 's3:UploadPart:200', nth: 1 }
  return arranged(drawn, {
    files: filesOf(1, () => random.integer(11, 30)),
    options: { checksum: false },
    server: { thresholdMebibytes: part },
    line: { ...plainLine, mebibytesPerSecond: 2 },
    events: [
      { kind: 'lose-part', ...first, afterMs: 100 },
      { kind: 'reload', ...first, afterMs: random.pick([300, 1000]) },
    ],
  })
}

/** S3 takes long to put the parts together, and the server has its page ask again. */
export function slowAssembly(random: Random, drawn: Drawn): Arranged {
  const operation = 'CompleteMultipartUpload'
  const times = Array.from({ length: random.integer(2, 4) }, (_, index) => index + 1)
  return arranged(drawn, {
    files: filesOf(1, () => random.integer(6, 20)),
    server: { thresholdMebibytes: part },
    line: plainLine,
    faults: times.map((nth) => ({ leg: 'server', operation, nth, kind: 'stall' })),
  })
}

/** S3 is away for longer than anything is tried again, when it has some parts of the file. */
export function longOutage(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(1, () => 40),
    server: { thresholdMebibytes: part },
    line: slowLine,
    events: [{ kind: 's3-down', at: random.integer(60_000, 70_000), forMs: 600_000 }],
  })
}

/** S3 has a body, and says nothing. */
export function silentAnswer(random: Random, drawn: Drawn): Arranged {
  const nth = random.integer(1, 2)
  return arranged(drawn, {
    files: filesOf(random.integer(2, 3), () => random.pick([1, 4, 12])),
    server: { thresholdMebibytes: random.pick([part, 32]) },
    line: plainLine,
    faults: [{ leg: 's3', nth, kind: 'delay', seconds: 5 * 3600 }],
  })
}

/** Of what the page sends to S3, the first. */
function refusals(count: number): Fault[] {
  return Array.from({ length: count }, (_, index) => ({
    leg: 's3',
    nth: index + 1,
    kind: 'refuse',
    code: 'SlowDown',
  }))
}
