import type { EventKind, Scenario } from '../scenario/scenario.js'

/** These leave the page to itself: no wait of it ends before its time, and nothing begins anew. */
const harmless: ReadonlySet<EventKind> = new Set([
  's3-down',
  'endpoint-down',
  'slow-line',
  'break',
  'dark',
  'restart',
  'rotate-secret',
])

/** Whether every wait of a page lasts as long as the page wants. */
export function areWaitsKept({ events }: Scenario): boolean {
  return events.every(({ kind }) => harmless.has(kind))
}
