import { expect, it } from 'vitest'
import { type BenchOptions, readCommandLine } from '../../../bench/plan/command-line.js'
import { contestantsOf, rotated } from '../../../bench/plan/contestants.js'
import { loads } from '../../../bench/plan/loads.js'

const options = (...args: string[]): BenchOptions => readCommandLine(args, 'results.json')

it('runs everything five times at 60 ms without arguments', () => {
  expect(options()).toMatchObject({ loads, runs: 5, roundTripMs: 60, output: 'results.json' })
})

it('runs the loads and subjects that are named', () => {
  const chosen = options('--load', 'mixed,small-alone', '--subjects', 'ours,raw')

  expect(chosen.loads.map(({ name }) => name)).toEqual(['mixed', 'small-alone'])
  expect(chosen.subjects).toEqual(['raw', 'ours'])
})

it.each([
  [['--load', 'nothing'], '--load nothing: there is 1000x10KB'],
  [['--runs', '0'], '--runs 0: give a whole number from 1'],
  [['--subjects', 'before'], '--subjects before: name a checkout of the earlier commit'],
  [['--checksum', 'maybe'], '--checksum maybe: there is on, off'],
])('refuses %j', (args, message) => {
  expect(() => options(...args)).toThrow(message)
})

it('lets the package run once more without checksums where a load says so', () => {
  const [load] = loads.filter(({ alsoWithoutChecksum }) => alsoWithoutChecksum)
  const subjects = options('--subjects', 'raw,ours')

  expect(load && contestantsOf(load, subjects)).toEqual([
    { subject: 'raw' },
    { subject: 'ours' },
    { subject: 'ours', checksum: false },
  ])
})

it('runs an earlier commit only where its checkout is named', () => {
  expect(options().subjects).not.toContain('before')
  expect(options('--before', '../earlier').subjects).toContain('before')
})

it('begins each round with another one', () => {
  expect([rotated('abc'.split(''), 1), rotated('abc'.split(''), 5)]).toEqual([
    ['b', 'c', 'a'],
    ['c', 'a', 'b'],
  ])
})
