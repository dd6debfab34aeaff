import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { readCommand } from './command-line.js'
import { drawScenario } from './scenario/draw-scenario.js'

const read = (line: string) => readCommand(line.split(' ').filter(Boolean), new Date('2026-03-01'))

it('runs 100 seeds on all cores when nothing is said', () => {
  expect(read('')).toMatchObject({
    kind: 'campaign',
    plan: { from: 1, count: 100, sizes: 'small' },
    minutes: Number.POSITIVE_INFINITY,
    workers: availableParallelism(),
  })
})

it('runs as many seeds as there is time for', () => {
  expect(read('--minutes 2.5 --from 7')).toMatchObject({
    plan: { from: 7, count: Number.POSITIVE_INFINITY },
    minutes: 2.5,
  })
})

it('draws the first seed from the date', () => {
  const first = (today: string) => {
    const command = readCommand(['--date-seed'], new Date(today))
    return command.kind === 'campaign' ? command.plan.from : undefined
  }

  expect(first('2026-03-01T01:00')).toBe(first('2026-03-01T23:00'))
  expect(first('2026-03-02')).toBe(Number(first('2026-03-01')) + 10_000_000)
})

it('goes on in a night where the last one has stopped, unless something else is said', () => {
  expect(read('--night')).toMatchObject({
    plan: { realEvery: 100 },
    minutes: 480,
    resultsPath: 'test-results/simulation/night.jsonl',
    isResumed: true,
  })
  expect(read('--night --minutes 60')).toMatchObject({ minutes: 60 })
})

it('writes results without taking those that are there, or with them', () => {
  expect(read('--results a')).toMatchObject({ resultsPath: 'a', isResumed: false })
  expect(read('--resume a')).toMatchObject({ resultsPath: 'a', isResumed: true })
})

it('replays a seed', () => {
  expect(read('--seed 7 --trace --real-sizes')).toMatchObject({
    kind: 'replay',
    scenario: drawScenario(7),
    sizes: 'real',
    isTraced: true,
  })
})

it('shrinks a seed or a kept case', () => {
  const out = 'test/simulation/cases/new/seed-7.json'
  expect(read('--shrink 7')).toMatchObject({ kind: 'shrink', scenario: { seed: 7 }, out })

  const file = 'test/simulation/cases/rotated-secret.json'
  const shrinkFile = read(`--shrink --file ${file} --out new.json`)
  expect(shrinkFile).toMatchObject({ scenario: { seed: 10733 }, out: 'new.json' })
})

it('plants all bugs, or those that are named, and goes on with rows that are there', () => {
  expect(read('--mutants')).toMatchObject({ kind: 'mutants', from: 1, seeds: 1000, isShrunk: true })

  const named = read('--mutants abort-once progress-falls --no-shrinking --resume rows.jsonl')
  expect(named).toMatchObject({
    mutants: [{ name: 'abort-once' }, { name: 'progress-falls' }],
    isShrunk: false,
    resultsPath: 'rows.jsonl',
    isResumed: true,
  })
})

it.for([
  ['--mutants nothing', /There is no mutant “nothing”/],
  ['--sed 7', /--sed/],
  ['--seeds many', /--seeds many: it takes a whole number from 1/],
  ['--seeds 0', /--seeds 0/],
  ['--workers 1.5', /--workers 1.5/],
  ['--minutes -1', /--minutes/],
  ['--real-every x', /--real-every x/],
  ['--shrink', /--shrink takes a seed, or --file/],
  ['7', /Nobody asks for “7”/],
] as const)('refuses %s', ([line, message]) => {
  expect(() => read(line)).toThrow(message)
})
