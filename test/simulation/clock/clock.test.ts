import { expect, it } from 'vitest'
import { Clock, stepsTaken } from './clock.js'
import { Trace } from './trace.js'

it('counts the steps of all clocks, so that the same run once more does not look like a run that hangs', async () => {
  const before = stepsTaken()
  for (const _ of [1, 2]) await runSteps(3)

  expect(stepsTaken() - before).toBe(6)
})

async function runSteps(count: number) {
  const clock = new Clock(new Trace({ isKept: false }))
  for (let step = 0; step < count; step += 1) clock.at(step, () => {})
  await clock.run(() => false, { untilMs: 10, maxSteps: 10 })
}
