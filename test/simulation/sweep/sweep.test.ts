import { expect, it } from 'vitest'
import { eventKinds, removalEventKinds } from '../scenario/scenario.js'
import { actions } from './actions.js'
import { basesNamed } from './bases.js'
import { Findings } from './findings.js'
import { besides, sweepRuns } from './sweep-runs.js'

const [base] = basesNamed('parts')
const scenario = base?.scenario ?? expect.fail('There is no base.')

it('tries every kind of event', () => {
  expect(new Set(actions.map(({ kind }) => kind))).toEqual(
    new Set([...eventKinds, ...removalEventKinds]),
  )
})

it('tries each action at every so many steps, beside what the base has itself', () => {
  const reloaded = { ...scenario, events: [{ kind: 'reload', at: 5 }] } as const
  const runs = [...sweepRuns('parts', reloaded, { steps: 11, every: 5 })]

  expect(runs).toHaveLength(3 * actions.length)
  expect(runs.slice(0, 3).map((run) => run.scenario.events)).toEqual(
    [1, 6, 11].map((step) => [
      { kind: 'reload', at: 5 },
      { ...actions[0], step },
    ]),
  )
})

it('tries them alone and beside faults', () => {
  expect(besides(scenario).map(({ faults }) => faults.length)).toEqual([0, 3])
})

it('says of each class of problem once how to see it again', () => {
  const findings = new Findings()
  const run = { name: 'pause in parts', scenario }
  findings.add(run, [])
  findings.add(run, ['HANG late: tab 1 00.bin paused'])
  findings.add(run, ['HANG late: tab 2 01.bin paused'])

  expect(findings.describe(2)).toEqual([
    '3 runs in 2.0 s: 1.5/s',
    '✗ 2x pause in parts: HANG late: tab 1 00.bin paused',
    expect.stringMatching(/^ {2}npm run simulate -- --file \S+\.json --trace$/),
    '1 passed, 2 failed',
  ])
})

it('knows no other groups of bases', () => {
  expect(() => basesNamed('some')).toThrow('it takes parts, whole, many or all')
  expect(basesNamed('all').length).toBeGreaterThan(basesNamed('parts').length)
})
