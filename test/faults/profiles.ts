import { breakingLineScenario } from './breaking-line-scenario.js'
import { hiddenScenario } from './hidden-scenario.js'
import { type Scenario, scenarioOf } from './scenario.js'

/** What a campaign is about, and what a seed stands for in it. */
export const profiles = {
  /** Faults of the bucket, the endpoint and the user. */
  faults: scenarioOf,
  /** The same, and the user looks at another tab now and then. */
  hidden: hiddenScenario,
  /** Files on a line that is reset again and again. */
  'breaking-line': breakingLineScenario,
} as const satisfies Record<string, (seed: number) => Scenario>

export type ProfileName = keyof typeof profiles

export const profileNames = ['faults', 'hidden', 'breaking-line'] as const satisfies ProfileName[]
