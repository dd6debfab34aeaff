import { expect, it } from 'vitest'
import { drawScenario } from '../scenario/draw-scenario.js'
import type { Outcome } from './messages.js'
import { WorkerProcess } from './worker-process.js'

it('a scenario that breaks the run is a problem of its own, and the next one is run', {
  timeout: 120_000,
}, async () => {
  const worker = new WorkerProcess('small')
  const outcomes: Outcome[] = []
  // No kind of event has this name.
  const kept = { ...drawScenario(1), events: [{ kind: 'earthquake', at: 5 }] } as never
  const job = { runs: [kept, 500], repeat: 1, wantsTrace: false, wantsRequests: true }
  await worker.run(job, (outcome) => outcomes.push(outcome))
  worker.end()

  expect(outcomes[0]?.problems.join()).toMatch(/BROKE|UNCAUGHT/)
  expect(outcomes[1]?.problems).toEqual([])
  expect(outcomes[1]?.requests[0]).toMatch(/^\w+ \S* \d{3}$/)
})
