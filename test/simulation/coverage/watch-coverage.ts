import type { User } from '../run/user.js'
import type { Leg, ScenarioEvent } from '../scenario/scenario.js'
import type { World } from '../world/world.js'
import type { Coverage } from './coverage.js'
import { type Phase, phasesOf } from './phases.js'

/** Counts the faults of a run as they hit; what is returned is to hear of each event before it acts. */
export function watchCoverage(
  coverage: Coverage,
  { world, user }: { readonly world: World; readonly user: User },
): (event: ScenarioEvent) => void {
  world.sights.watch((what) => {
    const [about, leg, operation = '', kind = ''] = what.split(':')
    if (about === 'fault') coverage.noteFault(leg as Leg, operation, kind)
  })
  return ({ kind, file }) => {
    const seen = new Set<Phase>()
    for (const tab of user.tabs) {
      for (const phase of phasesOf({ tab, live: world.live }, file)) seen.add(phase)
    }
    coverage.noteEvent(kind, seen)
  }
}
