import { type Candidates, valueAt, withValue } from './candidates.js'
import type { ScenarioShape } from './scenario-shape.js'

/** Gives each member its simplest value, or the next one where that is too simple. */
export function* simplify<Scenario extends object>(
  scenario: Scenario,
  { simplest }: ScenarioShape,
): Candidates<Scenario> {
  let best = scenario
  for (const [path, values] of simplest) {
    const before = valueAt(best, path)
    if (before === undefined) continue
    for (const value of values) {
      // This and what follows is no simpler.
      if (value === before) break
      const next = withValue(best, path, value)
      if (!(yield next)) continue
      best = next
      break
    }
  }
}
