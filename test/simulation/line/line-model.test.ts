import { describe, expect, it } from 'vitest'
import type { LoadName } from './loads.js'
import { measureCell } from './reference/measure-cell.js'
import { type RuleName, rules } from './reference/rules.js'
import type { WeatherName } from './weathers.js'

/** A cell may be off by so much. */
const tolerance = 0.05

/** What is quick to run and shows every feature of the line; `print-table.ts` runs all. */
const loadsByWeather: Partial<Record<WeatherName, readonly LoadName[]>> = {
  office: ['s10k', 's1m', 'f25'],
  cable: ['s10k', 'f25'],
  adsl: ['s10k'],
  lte: ['s10k', 'f110'],
  edge: ['f25'],
  train: ['f25', 'f110'],
  hotel: ['s10k'],
  vpn: ['s10k', 'f110', 'f256'],
  geo: ['f25'],
  loss1: ['f25'],
  loss3: ['f25'],
  fatlong: ['s10k', 's1m', 'f25', 'f110', 'f256', 'mixed'],
  lan: ['s10k', 's1m', 'f25', 'f110', 'f256', 'mixed'],
  h2: ['s10k', 'f25', 'f110'],
  busy: ['s10k', 's1m', 'f25'],
  f1: ['s10k', 'f25', 'f110'],
  bench: ['s10k', 's1m', 'f25', 'f110', 'f256', 'mixed'],
}

describe.each(Object.entries(loadsByWeather))('%s', (weather, names) => {
  it.each(
    names.flatMap((load) => Object.keys(rules).map((rule) => ({ load, rule: rule as RuleName }))),
  )('takes the expected time for $load by the rule $rule', ({ load, rule }) => {
    const { deviation } = measureCell({ weather: weather as WeatherName, load, rule })

    expect(Math.abs(deviation)).toBeLessThan(tolerance)
  })
})

describe('larger segments', () => {
  it.each(['office', 'lte', 'train', 'fatlong', 'h2'] as const)('fit %s too', (weather) => {
    const cell = { weather, load: 'f25', rule: 'today' } as const
    const { deviation } = measureCell(cell, { largestSegmentBytes: 262_144 })

    expect(Math.abs(deviation)).toBeLessThan(tolerance)
  })
})
