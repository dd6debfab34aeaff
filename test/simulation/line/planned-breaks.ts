import type { WeatherBreaks } from './weather.js'

/** One break of the weather. */
export interface PlannedBreak {
  readonly atMs: number
  readonly how: 'reset' | 'silent'
  readonly outageMs: number
}

/** Breaks are planned for so long; later the line holds. */
const plannedMs = 4 * 60 * 60 * 1000

/** Draws the breaks of one run, all at once, so that they do not depend on what is sent. */
export function planBreaks(
  breaks: WeatherBreaks | undefined,
  random: () => number,
): readonly PlannedBreak[] {
  if (!breaks) return []
  const { everyMs, outageMs, silentShare } = breaks
  const [shortest, longest] = everyMs
  const planned: PlannedBreak[] = []
  let atMs = 0
  while (atMs < plannedMs) {
    atMs += shortest + (longest - shortest) * random()
    planned.push({ atMs, how: random() < silentShare ? 'silent' : 'reset', outageMs })
  }
  return planned
}
