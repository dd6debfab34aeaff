import type { ServerRun } from '../run-server-scenario.js'

/** Once all callers are gone, nothing must be left to do. */
export function quietServers({ world }: ServerRun): string[] {
  const { clock, calls, live } = world
  const servers = new Set(calls.calls.flatMap(({ server }) => server ?? []))
  const problems = [...servers]
    .filter((process) => process.isAlive && clock.isBusy(process))
    .map(({ name }) => `RESTLESS ${name} still has something to do`)
  if (live.size > 0) problems.push(`RESTLESS ${live.size} requests are still under way`)
  return problems
}
