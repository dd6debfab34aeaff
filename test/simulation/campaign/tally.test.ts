import { expect, it } from 'vitest'
import { chunkResult } from './chunk-result.js'
import { describeTally } from './describe-tally.js'
import { brokenOutcome } from './messages.js'
import { Tally } from './tally.js'

const context = { seconds: 2, ran: 4, workers: 2, replayOptions: '' }
const good = { ...brokenOutcome(''), problems: [] }

it('keeps coverage by numbers of cells, and adds it up by their names', () => {
  const seen = { 'page to endpoint: sign-parts × 502': 2, 'phase of a file: is hashed × pause': 1 }
  const result = chunkResult({ sizes: 'small', seeds: [5, 6] }, [
    { ...good, coverage: seen },
    { ...good, coverage: { ...seen, 'a table that was never drawn: row × column': 1 } },
  ])
  const tally = new Tally()
  tally.add(result)

  expect(result.coverage).toEqual([
    [expect.any(Number), 4],
    [expect.any(Number), 2],
  ])
  expect(tally.coverage).toEqual({
    'page to endpoint: sign-parts × 502': 4,
    'phase of a file: is hashed × pause': 2,
  })
})

function tallyOf(sizes: 'small' | 'real') {
  const tally = new Tally()
  const outcomes = [
    { ...good, steps: 100, bytesRatio: 1, settledMs: 3600_000 },
    { ...good, steps: 300, bytesRatio: 2.5, problems: ['LOST 03.bin was complete'] },
    { ...good, steps: 200, bytesRatio: 0, problems: ['LOST 11.bin was complete'] },
    brokenOutcome('no step for 60 s'),
  ]
  tally.add(chunkResult({ sizes, seeds: [5, 6, 7, 8] }, outcomes))
  return describeTally(tally, context).join('\n')
}

it('sums up speed, steps and bytes, and names the worst seed', () => {
  expect(tallyOf('small')).toContain(
    `4 seeds in 2.0 s: 2.0/s, 1.0/s and worker; 1.0 hours of the clock
steps: median 100, p90 300
bytes sent ÷ size: median 1.00, p90 2.50, p99 2.50, worst 2.50 (seed 6)`,
  )
})

it('counts problems by class, each with its seeds and the command that shows the first', () => {
  expect(tallyOf('small')).toContain(`✗ 2x, seeds 6 7: LOST 03.bin was complete
  npm run simulate -- --seed 6 --trace
✗ 1x, seeds 8: BROKE no step for 60 s
  npm run simulate -- --seed 8 --trace
1 passed, 3 failed`)
})

it('shows a problem of real sizes with real sizes', () => {
  expect(tallyOf('real')).toContain('--seed 6 --trace --real-sizes')
})
