import type { Random } from '../../support/random.js'
import { detailsOf, hasRoomFor, type Setting } from './draw-events.js'
import { type EventKind, eventKinds, type Occasion, type ScenarioEvent } from './scenario.js'

/** A moment that chance alone seldom hits: what is seen when it begins, and what brings it about; of which file is drawn. */
interface Aim {
  readonly on: string
  readonly by?: Omit<ScenarioEvent, keyof Occasion> & Sight
}

interface Sight {
  readonly on: string
  readonly nth: number
  readonly afterMs: number
}

const begun = { on: 's3:UploadPart:200', nth: 1, afterMs: 0 } as const

/** All such moments. */
export const aims: readonly [Aim, ...Aim[]] = [
  { on: 'endpoint:sign-uploads' },
  { on: 'endpoint:sign-parts' },
  { on: 'page:hash' },
  { on: 'send:whole' },
  { on: 'send:first' },
  { on: 'send:middle' },
  { on: 'send:last' },
  { on: 'state:finishing' },
  { on: 'state:complete' },
  { on: 'endpoint:list-parts', by: { kind: 'reload', ...begun } },
  { on: 'page:interrupted', by: { kind: 'reload', ...begun } },
  { on: 'state:recovering', by: { kind: 'break', on: 'send:last', nth: 1, afterMs: 30 } },
  { on: 'state:paused', by: { kind: 'pause-all', ...begun, forMs: 20_000 } },
  {
    on: 'state:failed',
    by: { kind: 'change-file', on: 'state:uploading', nth: 1, afterMs: 0, file: '' },
  },
  { on: 'endpoint:abort-uploads', by: { kind: 'cancel', ...begun, file: '' } },
  {
    on: 'endpoint:sign-downloads',
    by: { kind: 'download', on: 'state:complete', nth: 1, afterMs: 1 },
  },
]

/** Draws at times an event in one of these moments, and what brings that about. */
export function drawAimedEvents(
  random: Random,
  setting: Setting,
  others: readonly ScenarioEvent[],
): ScenarioEvent[] {
  if (random.chance(0.4)) return []
  const aim = random.pick(aims)
  const kind = random.pick<EventKind>(eventKinds)
  return hasRoomFor(kind, others) ? aimedAt(aim, { kind, random, setting }) : []
}

interface Aimed {
  readonly kind: EventKind
  readonly random: Random
  readonly setting: Setting
}

/** Draws an event of a kind in such a moment, and what brings that about. */
export function aimedAt({ on, by }: Aim, { kind, random, setting }: Aimed): ScenarioEvent[] {
  const names = setting.files.map(({ name }) => name) as [string, ...string[]]
  const file = random.pick(names)
  const occasion = { on, nth: random.pick([1, 1, 2]), afterMs: random.pick([0, 0, 1, 5]) }
  const details = detailsOf(kind, random, setting)
  const event = { kind, ...occasion, ...details, ...('file' in details && { file }) }
  return by ? [{ ...by, ...('file' in by && { file }) }, event] : [event]
}
