import { type Candidates, itemsOf, valueAt, withValue } from './candidates.js'
import type { ScenarioShape } from './scenario-shape.js'

/** Makes the numbers of list items lower: the lowest first, then half of it as long as that will do. */
export function* lowerNumbers<Scenario extends object>(
  scenario: Scenario,
  { numbers }: ScenarioShape,
): Candidates<Scenario> {
  let best = scenario
  for (const { list, member, first } of numbers) {
    for (const index of itemsOf(best, list).keys()) {
      const path = [list, String(index), member]
      let isLower = true
      while (isLower) {
        isLower = false
        for (const value of lowerValues(valueAt(best, path), first)) {
          const next = withValue(best, path, value)
          isLower = yield next
          if (!isLower) continue
          best = next
          break
        }
      }
    }
  }
}

function lowerValues(value: unknown, first: readonly number[]): number[] {
  if (typeof value !== 'number') return []
  const half = Math.max(Math.trunc(value / 2), first[0] ?? Number.NEGATIVE_INFINITY)
  const nearer = (candidate: number) => Math.abs(candidate) < Math.abs(value)
  return [...new Set([...first, half])].filter(nearer)
}
