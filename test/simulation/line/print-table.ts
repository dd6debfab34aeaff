import { parseArgs } from 'node:util'
import { type LoadName, loads } from './loads.js'
import { type MeasuredCell, measureCell, type Ratio } from './reference/measure-cell.js'
import { type RuleName, rules } from './reference/rules.js'
import { type WeatherName, weathers } from './weathers.js'

/** A cell may be off by so much. */
const tolerance = 0.05

const { values } = parseArgs({
  options: {
    weather: { type: 'string', multiple: true },
    'segment-bytes': { type: 'string' },
  },
})

const names = <Name extends string>(record: Record<Name, unknown>) => Object.keys(record) as Name[]

function textOf(ratio: Ratio): string {
  return ratio === 'lost' ? 'lost' : ratio.toFixed(2)
}

function describe({ cell, expected, measured, deviation }: MeasuredCell): string {
  const isOff = Math.abs(deviation) > tolerance
  const percent = Number.isFinite(deviation) ? `${(deviation * 100).toFixed(1)} %` : 'differs'
  const words = [textOf(measured), 'instead of', textOf(expected), percent, isOff ? 'OFF' : '']
  return `${cell.rule.padEnd(5)} ${words.join(' ')}`
}

function measureRow(weather: WeatherName, load: LoadName): readonly MeasuredCell[] {
  const segmentBytes = values['segment-bytes']
  const options = segmentBytes ? { largestSegmentBytes: Number(segmentBytes) } : {}
  return names<RuleName>(rules).map((rule) => measureCell({ weather, load, rule }, options))
}

let cells = 0
let cellsOff = 0
for (const weather of names<WeatherName>(weathers)) {
  if (values.weather && !values.weather.includes(weather)) continue
  for (const load of names<LoadName>(loads)) {
    const row = measureRow(weather, load)
    const texts = row.map((cell) => describe(cell).padEnd(36))
    process.stdout.write(`${weather.padEnd(8)} ${load.padEnd(6)} ${texts.join('')}\n`)
    cells += row.length
    cellsOff += row.filter(({ deviation }) => Math.abs(deviation) > tolerance).length
  }
}
process.stdout.write(`${cellsOff} of ${cells} cells are off by more than ${tolerance * 100} %.\n`)
process.exitCode = cellsOff > 0 ? 1 : 0
