import { type LoadName, loads } from '../loads.js'
import type { Weather } from '../weather.js'
import { type WeatherName, weathers } from '../weathers.js'
import { expectedTable } from './expected-table.js'
import { type RuleName, rules } from './rules.js'
import { runLoad } from './run-load.js'

/** One cell of the table: a load in a weather by a rule. */
export interface Cell {
  readonly weather: WeatherName
  readonly load: LoadName
  readonly rule: RuleName
}

/** Times the clairvoyant time, or that a file was lost. */
export type Ratio = number | 'lost'

/** A cell of the expected table, as the model has it. */
export interface MeasuredCell {
  readonly cell: Cell
  readonly expected: Ratio
  readonly measured: Ratio
  /** How far the model is off, as a share of what is expected; infinite if only one of both lost a file. */
  readonly deviation: number
}

/** Runs one cell with the model; a weather whose breaks come at random is the mean of three seeds. */
export function measureCell(
  cell: Cell,
  options: { readonly largestSegmentBytes?: number } = {},
): MeasuredCell {
  const weather: Weather = weathers[cell.weather]
  const { clairvoyantSeconds, [cell.rule]: expected } = expectedTable[cell.weather][cell.load]
  const [shortest, longest] = weather.breaks?.everyMs ?? [0, 0]
  const seeds = shortest < longest ? [1, 2, 3] : [1]
  const seconds = seeds.map((seed) =>
    runLoad({
      weather,
      fileBytes: loads[cell.load],
      rule: rules[cell.rule],
      seed,
      largestSegmentBytes: options.largestSegmentBytes,
    }),
  )
  const measured = ratio(seconds, clairvoyantSeconds)
  return { cell, expected, measured, deviation: deviationOf(measured, expected) }
}

function ratio(seconds: readonly (number | 'lost')[], clairvoyantSeconds: number): Ratio {
  let sum = 0
  for (const one of seconds) {
    if (one === 'lost') return 'lost'
    sum += one
  }
  return sum / seconds.length / clairvoyantSeconds
}

function deviationOf(measured: Ratio, expected: Ratio): number {
  if (measured === 'lost' || expected === 'lost') {
    return measured === expected ? 0 : Number.POSITIVE_INFINITY
  }
  return measured / expected - 1
}
