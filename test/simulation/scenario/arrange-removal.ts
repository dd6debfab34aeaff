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
import { drawAbsenceMs } from './draw-events.js'
import { leavingIn } from './draw-removals.js'
import type { ScenarioEvent } from './scenario.js'

/** A file is removed at some step of its upload, and comes back. */
export function undoneRemoval(random: Random, drawn: Drawn): Arranged {
  const on = random.pick(['endpoint:sign-uploads', 's3:UploadPart:200', 'send:last', 'page:hash'])
  return arranged(drawn, {
    files: filesOf(random.integer(1, 3), () => random.pick([1, 6, 20])),
    server: { thresholdMebibytes: part },
    line: random.pick([plainLine, slowLine]),
    events: [undo(random, { on, nth: random.integer(1, 2), afterMs: random.pick([0, 1, 20]) })],
  })
}

/** A file is removed while the server puts it together, or when it is complete, and comes back. */
export function undoneAsItEnds(random: Random, drawn: Drawn): Arranged {
  const on = random.pick(['endpoint:complete-uploads', 'state:finishing', 'state:complete'])
  const late = { leg: 'server', operation: 'CompleteMultipartUpload', nth: 1 } as const
  return arranged(drawn, {
    files: filesOf(random.integer(1, 2), () => random.pick([1, 6, 12])),
    server: { thresholdMebibytes: part },
    line: plainLine,
    faults: random.chance(0.5) ? [{ ...late, kind: 'delay', seconds: random.integer(1, 15) }] : [],
    events: [undo(random, { on, nth: 1, afterMs: random.pick([0, 1, 60, 2000]) })],
  })
}

/** The page goes while a removed file may still come back. */
export function leftInMidUndo(random: Random, drawn: Drawn): Arranged {
  const removal = undo(random, { on: 's3:UploadPart:200', nth: random.integer(1, 3), afterMs: 0 })
  return arranged(drawn, {
    files: filesOf(random.integer(1, 2), () => random.integer(11, 30)),
    server: { thresholdMebibytes: part, partMebibytes: part },
    line: { ...plainLine, mebibytesPerSecond: 2 },
    events: [removal, leavingIn(removal, random)],
  })
}

/** A field for one file gets a second one while the first is under way, or when it is complete. */
export function replacedFile(random: Random, drawn: Drawn): Arranged {
  const file = '01.bin'
  const on = random.pick(['state:complete', 'state:complete', 'state:uploading'])
  const first = { on, nth: 1, afterMs: random.pick([0, 1, 500]) }
  const later = { on: 'event:replace', nth: 1, afterMs: random.pick([0, 1, 100, 2000]) }
  const next = random.pick<ScenarioEvent | undefined>([
    undefined,
    { kind: 'cancel', file, ...later },
    { kind: 'take-out', file, ...later },
    { kind: 'cancel-all', ...later },
    { kind: 'reload', ...later },
    { kind: 'replace', file: '02.bin', ...later },
    { kind: 'pause', file, forMs: 5000, ...later },
    // It fails.
    { kind: 'change-file', file, ...later },
    { kind: 's3-down', forMs: 400_000, ...later },
  ])
  const events = next ? [next] : [undo(random, later, file)]
  return arranged(drawn, {
    files: filesOf(3, () => random.pick([1, 6, 12])),
    options: { isOneFile: true },
    server: { thresholdMebibytes: part },
    line: { ...plainLine, mebibytesPerSecond: random.pick([2, 10]) },
    events: [{ kind: 'replace', file, ...first }, ...events],
  })
}

interface Sight {
  readonly on: string
  readonly nth: number
  readonly afterMs: number
}

function undo(random: Random, on: Sight, file = '00.bin'): ScenarioEvent {
  return { kind: 'undo', file, forMs: drawAbsenceMs(random), ...on }
}
