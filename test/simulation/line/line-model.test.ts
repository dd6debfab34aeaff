import { describe, expect, it } from 'vitest'
import { type LoadName, loads } from './loads.js'
import { measureCell } from './reference/measure-cell.js'
import { type RuleName, rules } from './reference/rules.js'
import { type WeatherName, weathers } from './weathers.js'

/** A cell of the table may be off by so much. */
const tolerance = 0.05

const cells = Object.keys(loads).flatMap((load) =>
  Object.keys(rules).map((rule) => ({ load: load as LoadName, rule: rule as RuleName })),
)

describe.each(Object.keys(weathers) as WeatherName[])('the weather %s', (weather) => {
  it.each(cells)('takes the expected time for $load by the rule $rule', ({ load, rule }) => {
    const { deviation } = measureCell({ weather, load, rule })

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
