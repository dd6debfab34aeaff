import { type RunResult, runScenario } from '../run/run-scenario.js'
import { drawScenario } from '../scenario/draw-scenario.js'
import type { Scenario } from '../scenario/scenario.js'
import { drawServerScenario } from '../server/draw-server-scenario.js'
import { runServerScenario } from '../server/run-server-scenario.js'
import type { ServerScenario } from '../server/server-scenario.js'

/** A scenario of pages, or of servers alone. */
export type AnyScenario = Scenario | ServerScenario

/** Draws what a seed stands for. */
export function drawAnyScenario(seed: number, isOfServers: boolean): AnyScenario {
  return isOfServers ? drawServerScenario(seed) : drawScenario(seed)
}

/** Runs a scenario of either kind. */
export async function runAnyScenario(
  scenario: AnyScenario,
  options: { readonly isTraced: boolean },
): Promise<Omit<RunResult, 'scenario'>> {
  const { scenario: _, ...shown } = await ('callers' in scenario
    ? runServerScenario(scenario, options)
    : runScenario(scenario, options))
  return shown
}
