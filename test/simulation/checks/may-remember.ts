import type { Scenario } from '../scenario/scenario.js'

/** Whether a later page can know what an earlier one has left. */
export function mayRemember({ options, events }: Scenario): boolean {
  // What was begun at another endpoint is kept for that.
  const isHindered = events.some(({ kind }) => /database|move-endpoint/.test(kind))
  return options.resume !== false && !isHindered
}
