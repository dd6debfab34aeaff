import { breakingLineScenario } from './breaking-line-scenario.js'
import { hiddenScenario } from './hidden-scenario.js'
import { type Scenario, scenarioOf } from './scenario.js'

/** What a campaign is about, and what a seed stands for in it. */
export const profiles = {
  /** Faults of the bucket, the endpoint and the user; one of three seeds in a browser. */
  faults: (seed: number) => scenarioOf(seed),
  /** The same in a browser whose user looks at another tab now and then. */
  hidden: hiddenScenario,
  /** Files in a browser whose line is reset again and again. */
  'breaking-line': breakingLineScenario,
} as const satisfies Record<string, (seed: number) => Scenario>

export type ProfileName = keyof typeof profiles

export const profileNames = ['faults', 'hidden', 'breaking-line'] as const satisfies ProfileName[]
