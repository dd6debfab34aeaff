import type { Random } from '../../support/random.js'
import { aimedAt, aims } from './draw-aimed-events.js'
import { detailsOf, occasion, type Setting } from './draw-events.js'
import type { Occasion, RemovalEventKind, ScenarioEvent } from './scenario.js'

/** Of all scenarios, so many have a removal beside their other events. */
const share = 0.25
/** Of the files that are to come back, so many lose their page before. */
const leavingShare = 0.3

/** Draws at times a file that is removed and comes back, or is replaced; beside it, its page may go meanwhile. */
export function drawRemovals(random: Random, setting: Setting): ScenarioEvent[] {
  if (!random.chance(share)) return []
  const kind = random.pick<RemovalEventKind>(['undo', 'undo', 'undo', 'take-out', 'replace'])
  const isAimed = random.chance(0.5)
  const events = isAimed
    ? aimedAt(random.pick(aims), { kind, random, setting })
    : [{ kind, ...occasion(random, setting), ...detailsOf(kind, random, setting) }]
  const removal = events.at(-1)
  if (removal?.kind !== 'undo' || !random.chance(leavingShare)) return events
  return [...events, leavingIn(removal, random)]
}

/** A page goes while a file of it is removed. */
export function leavingIn(removal: ScenarioEvent, random: Random): ScenarioEvent {
  const { forMs = 0 } = removal
  return {
    kind: random.pick(['reload', 'close-tab']),
    ...delayed(removal, Math.floor(random.share() * forMs)),
  }
}

function delayed(occasion: Occasion, byMs: number): Occasion {
  if ('at' in occasion) return { at: occasion.at + byMs }
  if ('step' in occasion) return { step: occasion.step }
  const { on, nth, afterMs } = occasion
  return { on, nth, afterMs: afterMs + byMs }
}
