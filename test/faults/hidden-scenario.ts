import { createRandom, type Random } from '../support/random.js'
import { type HiddenSpell, type Scenario, scenarioOf } from './scenario.js'

/** Enough for the longest run. */
const spellCount = 40
/** The page is in front nine times as long as it is hidden. */
const visiblePerHidden = 9

/** A scenario of faults whose page is hidden a tenth of the time, the first time within its first seconds. */
export function hiddenScenario(seed: number): Scenario {
  const scenario = scenarioOf(seed)
  const random = createRandom(`hidden ${seed}`)
  const spells = Array.from({ length: spellCount }, () => drawSpell(random))
  const first = { visibleMs: random.integer(100, 3000), hiddenMs: random.integer(1000, 3000) }
  // The app leaves it to the product how much goes at a time.
  const options = { checksum: scenario.options.checksum }
  return { ...scenario, options, hiddenSpells: [first, ...spells] }
}

function drawSpell(random: Random): HiddenSpell {
  const hiddenMs = random.chance(0.15) ? random.integer(5000, 15_000) : random.integer(1000, 3000)
  return { visibleMs: hiddenMs * visiblePerHidden, hiddenMs }
}
