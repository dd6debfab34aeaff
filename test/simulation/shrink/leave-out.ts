import { type Candidates, itemsOf, withValue } from './candidates.js'
import type { ScenarioShape } from './scenario-shape.js'

/** Leaves out halves, quarters … and at last single items of each list. */
export function* leaveOut<Scenario extends object>(
  scenario: Scenario,
  shape: ScenarioShape,
): Candidates<Scenario> {
  let best = scenario
  for (const [list, least] of Object.entries(shape.lists)) {
    let size = Math.ceil(itemsOf(best, list).length / 2)
    for (; size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < itemsOf(best, list).length; ) {
        const items = itemsOf(best, list)
        const left = [...items.slice(0, at), ...items.slice(at + size)]
        const next = withoutOrphans(withValue(best, [list], left), shape)
        if (left.length >= least && (yield next)) best = next
        else at += size
      }
    }
  }
}

/** What is about an item that is gone goes too. */
function withoutOrphans<Scenario extends object>(
  scenario: Scenario,
  { references }: ScenarioShape,
): Scenario {
  let best = scenario
  for (const { list, member, to } of references) {
    const known = new Set(itemsOf(best, to.list).map((item) => item[to.member]))
    const items = itemsOf(best, list)
    const left = items.filter((item) => item[member] === undefined || known.has(item[member]))
    if (left.length < items.length) best = withValue(best, [list], left)
  }
  return best
}
