import type { EventKind, ScenarioEvent } from '../scenario/scenario.js'

/** What a sweep tries, but for when. */
export type Action = Pick<
  ScenarioEvent,
  'kind' | 'file' | 'forMs' | 'byMs' | 'share' | 'isClockFrozen'
>

const file = '00.bin'
const hour = 3600_000

const details: Readonly<Record<EventKind, readonly Omit<Action, 'kind'>[]>> = {
  pause: [{ file, forMs: 700 }],
  'pause-all': [{ forMs: 40 }, { forMs: 90_000 }],
  cancel: [{ file }],
  'cancel-all': [{}],
  'add-again': [{ file }],
  retry: [{ file }],
  'change-options': [{}],
  'move-endpoint': [{}],
  'change-file': [{ file }],
  download: [{}],
  reload: [{}],
  'close-tab': [{}],
  'second-tab': [{ file }],
  hide: [{ forMs: 20_000 }],
  sleep: [
    { forMs: hour, isClockFrozen: true },
    { forMs: hour, isClockFrozen: false },
  ],
  'clock-jump': [{ byMs: 2 * hour }, { byMs: -2 * hour }],
  offline: [{ forMs: 500 }],
  dark: [{ forMs: 2000 }],
  break: [{}],
  'slow-line': [{ forMs: 10_000, share: 0.05 }],
  's3-down': [{ forMs: 20_000 }],
  'endpoint-down': [{ forMs: 20_000 }],
  restart: [{}],
  'rotate-secret': [{}],
  'roll-out-secret': [{ forMs: 2000 }],
  'sign-out': [{}],
  lifecycle: [{}],
  'lose-part': [{}],
  'slow-database': [{ forMs: 10_000 }],
  'full-database': [{ forMs: 10_000 }],
  'lost-database': [{}],
  undo: [
    { file, forMs: 500 },
    { file, forMs: 15_000 },
  ],
  'take-out': [{ file }],
  replace: [{ file }],
}

/** Everything that a sweep tries at a step. */
export const actions: readonly Action[] = Object.entries(details).flatMap(([kind, variants]) =>
  variants.map((variant) => ({ kind: kind as EventKind, ...variant })),
)
