import type { Run } from '../run/run-scenario.js'
import type { PageSend } from '../world/page-sends.js'
import { areWaitsKept } from './harmless-events.js'
import { inFlightWith, isRefusedAsBusy, sentAfter } from './sends-of-tabs.js'

/** The first wait after a refusal as busy takes twice as long at least. */
const leastWaitMs = 400

/** After a refusal as busy nothing begins until a wait is over; then one request goes alone until one is taken. */
export function sparesBusyStorage({ world }: Run): string[] {
  const { scenario, sends } = world
  if (!areWaitsKept(scenario)) return []
  const problems: string[] = []
  for (const refused of sends.all.filter(isRefusedAsBusy)) {
    const { endMs = 0 } = refused
    const [next] = sentAfter(refused, sends)
    if (!next) continue
    const waitedMs = next.beganMs - endMs
    if (waitedMs < leastWaitMs) problems.push(`HURRY a request ${waitedMs} ms after a refusal`)
    const tries = sentAfter(refused, sends).filter(({ beganMs }) => beganMs < trialEndMs(refused))
    if (tries.some((each) => inFlightWith(each, sends).length > 1)) {
      problems.push('HURRY more than one request tries a busy storage')
    }
  }
  return problems

  /** When the storage has taken something, or has refused it for another reason. */
  function trialEndMs({ tab, endMs = 0 }: PageSend): number {
    const ends = sends.all.filter(
      (each) => each.tab === tab && each.status !== undefined && !isRefusedAsBusy(each),
    )
    const times = ends.flatMap((each) => each.endMs ?? []).filter((atMs) => atMs >= endMs)
    return Math.min(...times)
  }
}
