import { type LoadName, loads } from '../loads.js'
import { type ComparedCell, compareCell, type EngineCell, tolerance } from './compare-cell.js'

/** Where nothing breaks, the rule `today` is still the engine's. */
const comparedWeathers = ['office', 'cable', 'geo', 'lan', 'bench'] as const

function describe({ weather, load }: EngineCell, cell: ComparedCell): string {
  const { engineSeconds, todaySeconds, deviation } = cell
  return [
    weather.padEnd(8),
    load.padEnd(6),
    `engine ${engineSeconds.toFixed(2)} s`.padStart(16),
    `today ${todaySeconds.toFixed(2)} s`.padStart(16),
    `${(deviation * 100).toFixed(1)} %`.padStart(8),
    isOff(cell) ? 'OFF' : '',
  ].join(' ')
}

function isOff({ deviation }: ComparedCell): boolean {
  return Math.abs(deviation) > tolerance
}

let cells = 0
let cellsOff = 0
for (const weather of comparedWeathers) {
  for (const load of Object.keys(loads) as LoadName[]) {
    const compared = await compareCell({ weather, load })
    process.stdout.write(`${describe({ weather, load }, compared).trimEnd()}\n`)
    cells += 1
    if (isOff(compared)) cellsOff += 1
  }
}
process.stdout.write(`${cells - cellsOff} passed, ${cellsOff} failed\n`)
process.exitCode = cellsOff > 0 ? 1 : 0
