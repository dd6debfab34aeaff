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
import type { ScenarioEvent } from './scenario.js'

/** The page gives a file up before it has heard of its multipart upload. */
export function cancelAsItBegins(random: Random, drawn: Drawn): Arranged {
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
export function cancelAsItEnds(random: Random, drawn: Drawn): Arranged {
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

/** A file gets other bytes while its parts are sent, and the browser reads them without a word. */
export function changeUnseen(random: Random, drawn: Drawn): Arranged {
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

/** A page goes when its upload has long been noted, and the next one finds the parts. */
export function lateReload(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(1, () => 40),
    server: { thresholdMebibytes: part, partMebibytes: part },
    line: slowLine,
    events: [{ kind: random.pick(['reload', 'close-tab']), at: random.integer(64_000, 72_000) }],
  })
}

/** The session ends while several files ask for signatures. */
export function sessionEnds(random: Random, drawn: Drawn): Arranged {
  const on = 'endpoint:sign-parts'
  return arranged(drawn, {
    files: filesOf(random.integer(3, 5), () => random.integer(10, 20)),
    server: { thresholdMebibytes: part },
    line: plainLine,
    events: [{ kind: 'sign-out', on, nth: random.integer(1, 3), afterMs: 0 }],
  })
}

/** Another tab gets the same file when the first has sent some parts. */
export function sharedFile(random: Random, drawn: Drawn): Arranged {
  return arranged(drawn, {
    files: filesOf(1, () => 40),
    server: { thresholdMebibytes: part },
    line: slowLine,
    events: [{ kind: 'second-tab', file: '00.bin', at: random.integer(60_000, 70_000) }],
  })
}

/** A file gets other bytes, in every place or in few, and its page goes: the next one has them. */
export function changeBetweenPages(random: Random, drawn: Drawn): Arranged {
  const at = random.integer(62_000, 70_000)
  const how = random.pick<Change>([{ isSlight: true }, { keepsEnds: true }, {}])
  return arranged(drawn, {
    files: filesOf(1, () => 40),
    // What changes in few places is seen by checksums alone.
    options: { checksum: how.isSlight === true },
    server: { thresholdMebibytes: part, profile: 'aws' },
    line: slowLine,
    events: [
      { kind: 'change-file', file: '00.bin', ...how, at },
      { kind: 'reload', at: at + 1 },
    ],
  })
}

type Change = Pick<ScenarioEvent, 'isSlight' | 'keepsEnds'>
