import type { Random } from '../../support/random.js'
import {
  type EventKind,
  eventKinds,
  type Occasion,
  type ScenarioEvent,
  type ScenarioFile,
} from './scenario.js'

/** What a scenario's events are about. */
export interface Setting {
  readonly files: readonly ScenarioFile[]
  /** How long the upload takes about. */
  readonly seconds: number
}

const sights = [
  'send:UploadPart',
  'send:PostObject',
  'send:PutObject',
  'endpoint:sign-uploads',
  'endpoint:sign-parts',
  'endpoint:list-parts',
  'endpoint:complete-uploads',
  'endpoint:abort-uploads',
  's3:CreateMultipartUpload:200',
  's3:UploadPart:200',
  's3:CompleteMultipartUpload:200',
  's3:HeadObject:200',
  'state:finishing',
  'state:failed',
] as const

/** At most one of each in a scenario: what they do twice is nothing else. */
const once: ReadonlySet<EventKind> = new Set([
  'lost-database',
  'move-endpoint',
  'sign-out',
  'sleep',
])

/** At most one of them all: of what S3 has lost, an upload is begun anew once. */
const losses: ReadonlySet<EventKind> = new Set(['lifecycle', 'lose-part'])

/** Whether a scenario with these events has room for another of a kind. */
export function hasRoomFor(kind: EventKind, events: readonly ScenarioEvent[]): boolean {
  if (losses.has(kind)) return !events.some((event) => losses.has(event.kind))
  return !once.has(kind) || !events.some((event) => event.kind === kind)
}

const hour = 3600_000

/** Draws what the user does and what comes over the page, the line and the servers. */
export function drawEvents(random: Random, setting: Setting): ScenarioEvent[] {
  const events: ScenarioEvent[] = []
  for (let left = random.pick([0, 0, 1, 1, 2, 3, 4]); left > 0; left -= 1) {
    const kind = random.pick<EventKind>(eventKinds)
    if (!hasRoomFor(kind, events)) continue
    events.push({ kind, ...occasion(random, setting), ...detailsOf(kind, random, setting) })
  }
  return events
}

/** Draws when an event comes. */
export function occasion(random: Random, { seconds }: Setting): Occasion {
  if (random.chance(0.5)) return { at: Math.floor(random.share() ** 1.5 * seconds * 1000) }
  return {
    on: random.pick(sights),
    nth: random.integer(1, 4),
    afterMs: random.pick([0, 1, 20, 200]),
  }
}

/** How long a removed file is gone: its upload is given up after 10 s. */
export function drawAbsenceMs(random: Random): number {
  const [least, most] = random.pick<readonly [least: number, most: number]>([
    [0, 300],
    [300, 9900],
    [9950, 10_050],
    [10_100, 60_000],
  ])
  return random.integer(least, most)
}

/** Draws what an event of a kind needs to be one. */
export function detailsOf(kind: EventKind, random: Random, { files }: Setting) {
  const names = files.map(({ name }) => name) as [string, ...string[]]
  switch (kind) {
    case 'pause':
      return { file: random.pick(names), forMs: random.integer(50, 60_000) }
    case 'cancel':
    case 'add-again':
    case 'retry':
    case 'second-tab':
      return { file: random.pick(names) }
    case 'undo':
      return { file: random.pick(names), forMs: drawAbsenceMs(random) }
    case 'take-out':
    case 'replace':
      return { file: random.pick(names) }
    case 'change-file':
      return { file: random.pick(names), keepsEnds: random.chance(0.5) }
    case 'offline':
      return { forMs: random.integer(50, random.pick([60_000, 60_000, 400_000])) }
    case 'pause-all':
    case 'dark':
    case 'hide':
    case 'slow-database':
    case 'full-database':
    case 'roll-out-secret':
      return { forMs: random.integer(50, 60_000) }
    case 's3-down':
    case 'endpoint-down':
      return { forMs: random.integer(100, random.pick([5000, 90_000, 280_000])) }
    case 'slow-line':
      return { forMs: random.integer(50, 60_000), share: random.pick([0.05, 0.2, 5]) }
    case 'sleep':
      return { forMs: random.pick([60_000, hour]), isClockFrozen: random.chance(0.5) }
    case 'clock-jump':
      return { byMs: random.pick([-2 * hour, -hour / 6, hour / 6, 2 * hour, 24 * hour]) }
    default:
      return {}
  }
}
