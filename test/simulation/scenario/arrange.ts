import type { Random } from '../../support/random.js'
import type { Fault, LineFacts, Scenario, ScenarioFile, ServerFacts } from './scenario.js'

/** What is drawn beside an arrangement, which takes the place of it. */
type Drawn = Pick<Scenario, 'server' | 'options'>
type Arranged = Omit<Scenario, 'seed'>

/** Brings together what one rule is about: several things that chance seldom draws at once. */
type Arrangement = (random: Random, drawn: Drawn) => Arranged

const part = 5
const plainLine: LineFacts = { mebibytesPerSecond: 10, roundTripMs: 60 }

const arrangements: readonly [Arrangement, ...Arrangement[]] = [
  tightLine,
  busyStorage,
  busyStorageWithSmallFiles,
  manyLargeFiles,
  cancelAsItBegins,
  cancelAsItEnds,
  abortUndone,
  emptiedPart,
  changeUnseen,
  longOffline,
  longQueue,
  slowAssembly,
  lateReload,
  longOutage,
  silentAnswer,
  smallBesideLarge,
  sleepInQueue,
]

/** Draws one of them. */
export function arrange(random: Random, drawn: Drawn): Arranged {
  const arrangement = random.pick(arrangements)
  return { ...arrangement(random, drawn), arranged: arrangement.name }
}

/** S3's smallest part comes through between two breaks, and the planned one does not. */
function tightLine(random: Random, drawn: Drawn): Arranged {
  const files = filesOf(random.integer(1, 2), () => random.integer(10, 20))
  const line = { mebibytesPerSecond: 0.3, roundTripMs: random.pick([60, 300]) }
  return arranged(drawn, {
    files,
    server: { partMebibytes: 8, thresholdMebibytes: part },
    line: { ...line, breakEverySeconds: 26 },
  })
}

/** Files and parts of all sizes, the first of which S3 refuses as busy. */
function busyStorage(random: Random, drawn: Drawn): Arranged {
  const count = random.integer(3, 8)
  return arranged(drawn, {
    files: filesOf(count, () => random.pick([1, 2, 3, 4, 6, 12])),
    server: { thresholdMebibytes: random.pick([part, 32]) },
    line: { ...plainLine, mebibytesPerSecond: random.pick([2, 10]) },
    faults: refusals(random.integer(2, 10)),
  })
}

function busyStorageWithSmallFiles(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(70, () => 0),
    line: plainLine,
    faults: refusals(random.integer(3, 9)),
  })
}

/** More than six, each in parts. */
function manyLargeFiles(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(random.integer(8, 10), () => random.integer(6, 12)),
    server: { thresholdMebibytes: part },
    line: plainLine,
  })
}

/** The page gives a file up before it has heard of its multipart upload. */
function cancelAsItBegins(random: Random, drawn: Drawn): Arranged {
  const files = filesOf(random.integer(1, 3), () => random.integer(6, 20))
  const on = 'endpoint:sign-uploads'
  return arranged(drawn, {
    files,
    server: { thresholdMebibytes: part },
    line: plainLine,
    faults: random.chance(0.8) ? [{ leg: 'endpoint', nth: 1, kind: 'lose-answer' }] : [],
    events: [{ kind: 'cancel', file: '00.bin', on, nth: 1, afterMs: random.pick([1, 20, 60]) }],
  })
}

/** The page gives a file up while the server puts it together. */
function cancelAsItEnds(random: Random, drawn: Drawn): Arranged {
  const on = 'endpoint:complete-uploads'
  return arranged(drawn, {
    files: filesOf(1, () => random.integer(6, 20)),
    server: { thresholdMebibytes: part },
    line: plainLine,
    faults: [
      { leg: 'server', operation: 'CompleteMultipartUpload', nth: 1, kind: 'delay', seconds: 5 },
    ],
    events: [{ kind: 'cancel', file: '00.bin', on, nth: 1, afterMs: random.pick([1, 60, 2000]) }],
  })
}

/** S3 answers an abort, and keeps the upload: a part was on its way. */
function abortUndone(random: Random, drawn: Drawn): Arranged {
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
function emptiedPart(random: Random, drawn: Drawn): Arranged {
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

/** A file gets other bytes while its parts are sent, and the browser reads them without a word. */
function changeUnseen(random: Random, drawn: Drawn): Arranged {
  const change = { kind: 'change-file', file: '00.bin', isUnseen: true } as const
  const on = 's3:UploadPart:200'
  return arranged(drawn, {
    files: filesOf(1, () => random.integer(17, 40)),
    // With checksums S3 sees it, too.
    options: { checksum: random.chance(0.2) },
    server: { thresholdMebibytes: part },
    line: { ...plainLine, mebibytesPerSecond: 2 },
    events: [
      {
        ...change,
        keepsEnds: random.chance(0.5),
        on,
        nth: random.integer(1, 2),
        afterMs: random.pick([0, 100]),
      },
    ],
  })
}

/** Offline for longer than anything is tried again. */
function longOffline(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(random.integer(1, 4), () => random.integer(1, 20)),
    line: { ...plainLine, mebibytesPerSecond: 2 },
    events: [
      { kind: 'offline', at: random.integer(0, 8000), forMs: random.integer(400_000, 900_000) },
    ],
  })
}

/** Files that wait for their turn until their signatures are old. */
function longQueue(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(7, () => random.integer(27, 31)),
    options: { concurrency: random.pick([1, 2]) },
    server: { thresholdMebibytes: 32 },
    line: { mebibytesPerSecond: 0.2, roundTripMs: 60 },
  })
}

/** S3 takes long to put the parts together, and the server has its page ask again. */
function slowAssembly(random: Random, drawn: Drawn): Arranged {
  const operation = 'CompleteMultipartUpload'
  const times = Array.from({ length: random.integer(2, 4) }, (_, index) => index + 1)
  return arranged(drawn, {
    files: filesOf(1, () => random.integer(6, 20)),
    server: { thresholdMebibytes: part },
    line: plainLine,
    faults: times.map((nth) => ({ leg: 'server', operation, nth, kind: 'stall' })),
  })
}

/** A page goes when its upload has long been noted, and the next one finds the parts. */
function lateReload(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(1, () => 40),
    server: { thresholdMebibytes: part, partMebibytes: part },
    line: { mebibytesPerSecond: 0.5, roundTripMs: 60 },
    events: [{ kind: random.pick(['reload', 'close-tab']), at: random.integer(64_000, 72_000) }],
  })
}

/** S3 is away for longer than anything is tried again, when it has some parts of the file. */
function longOutage(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(1, () => 40),
    server: { thresholdMebibytes: part },
    line: { mebibytesPerSecond: 0.5, roundTripMs: 60 },
    events: [{ kind: 's3-down', at: random.integer(60_000, 70_000), forMs: 600_000 }],
  })
}

/** S3 has a body, and says nothing. */
function silentAnswer(random: Random, drawn: Drawn): Arranged {
  const nth = random.integer(1, 2)
  return arranged(drawn, {
    files: filesOf(random.integer(2, 3), () => random.pick([1, 4, 12])),
    server: { thresholdMebibytes: random.pick([part, 32]) },
    line: plainLine,
    faults: [{ leg: 's3', nth, kind: 'delay', seconds: 5 * 3600 }],
  })
}

/** Parts and whole files that want the same slots. */
function smallBesideLarge(random: Random, drawn: Drawn): Arranged {
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
function sleepInQueue(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(random.integer(3, 5), () => random.integer(3, 4)),
    options: { concurrency: 1 },
    line: { mebibytesPerSecond: 0.5, roundTripMs: 60 },
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

interface Given {
  readonly files: readonly ScenarioFile[]
  readonly line: LineFacts
  readonly options?: Partial<Scenario['options']>
  readonly server?: Partial<ServerFacts>
  readonly faults?: Scenario['faults']
  readonly events?: Scenario['events']
}

/** Nothing else is to come in between. */
function arranged({ server: drawnServer, options: drawnOptions }: Drawn, given: Given): Arranged {
  const { files, line, options, server, faults = [], events = [] } = given
  const { method, profile, partMebibytes, thresholdMebibytes } = drawnServer
  const plainServer = { method, profile, partMebibytes, thresholdMebibytes, signatureSeconds: 600 }
  return {
    files,
    line,
    options: { checksum: drawnOptions.checksum, ...options },
    server: { ...plainServer, ...server },
    faults,
    events,
  }
}

function filesOf(count: number, mebibytesOfOne: () => number): ScenarioFile[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${String(index).padStart(2, '0')}.bin`,
    mebibytes: mebibytesOfOne(),
    bytes: 1 + index,
  }))
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
