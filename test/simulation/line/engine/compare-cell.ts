import { type LoadName, loads } from '../loads.js'
import { expectedTable } from '../reference/expected-table.js'
import { type WeatherName, weathers } from '../weathers.js'
import { uploadLoad } from './upload-load.js'

/** A load in a weather. */
export interface EngineCell {
  readonly weather: WeatherName
  readonly load: LoadName
}

/** How long the engine takes, beside what the rule `today` of the expected table takes. */
export interface ComparedCell {
  readonly engineSeconds: number
  readonly todaySeconds: number
  /** As a share of what `today` takes: below 0 where the engine is faster. */
  readonly deviation: number
}

/** The engine may be off by so much, either way. */
export const tolerance = 0.1

/** Uploads the load with the engine. */
export async function compareCell({ weather, load }: EngineCell): Promise<ComparedCell> {
  const { clairvoyantSeconds, today } = expectedTable[weather][load]
  if (today === 'lost') throw new TypeError(`“today” loses ${load} in ${weather}.`)
  const todaySeconds = clairvoyantSeconds * today
  const engineSeconds = await uploadLoad(weathers[weather], loads[load])
  return { engineSeconds, todaySeconds, deviation: engineSeconds / todaySeconds - 1 }
}
