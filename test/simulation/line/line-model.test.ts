import { describe, expect, it } from 'vitest'
import { type LoadName, loads } from './loads.js'
import { measureCell } from './reference/measure-cell.js'
import { type RuleName, rules } from './reference/rules.js'
import type { Weather } from './weather.js'
import { type WeatherName, weathers } from './weathers.js'

/** A cell of the table may be off by so much. */
const tolerance = 0.05

/** The largest loads are left to `print-table.ts` where a line has no breaks: there they only take longer. */
function cellsOf(weather: WeatherName) {
  const { breaks }: Weather = weathers[weather]
  const names = (Object.keys(loads) as LoadName[]).filter(
    (load) => breaks || (load !== 'f256' && load !== 'mixed'),
  )
  return names.flatMap((load) =>
    (Object.keys(rules) as RuleName[]).map((rule) => ({ weather, load, rule })),
  )
}

describe.each(Object.keys(weathers) as WeatherName[])('the weather %s', (weather) => {
  it.each(cellsOf(weather))('takes the expected time for $load by the rule $rule', (cell) => {
    const { deviation } = measureCell(cell)

    expect(Math.abs(deviation)).toBeLessThan(tolerance)
  })
})

describe('larger segments', () => {
  it.each(['office', 'train', 'loss3', 'fatlong', 'h2'] as const)('fit %s too', (weather) => {
    const cell = { weather, load: 'f110', rule: 'today' } as const
    const { deviation } = measureCell(cell, { largestSegmentBytes: 262_144 })

    expect(Math.abs(deviation)).toBeLessThan(tolerance)
  })
})
