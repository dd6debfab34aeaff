import type { Run } from '../run/run-scenario.js'
import type { PageSend, PageSends } from '../world/page-sends.js'
import { areWaitsKept } from './harmless-events.js'
import { inFlightWith, isRefusedAsBusy, sentAfter } from './sends-of-tabs.js'

/** The first wait after a refusal as busy takes twice as long at least. */
const leastWaitMs = 400

/** After a refusal as busy nothing begins until a wait is over; then one request goes alone until one is taken. */
export function sparesBusyStorage({ world, settledMs }: Run): string[] {
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
    // What is retried later is another upload, of which nothing has been refused yet.
    const isTrial = next.beganMs < Math.min(trialEndMs(refused), settledMs)
    // A smaller one may wait for another signature.
    const mayWait = scenario.server.signatureSeconds < 600
    if (isTrial && !mayWait) problems.push(...beforeSmaller(next, sends))
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

/** Of all that S3 has refused, the smallest tries first. */
function beforeSmaller(trial: PageSend, sends: PageSends): string[] {
  const refused = sends.all.filter(
    (each) => isRefusedAsBusy(each) && each.tab === trial.tab && (each.endMs ?? 0) <= trial.beganMs,
  )
  const isOfRefused = refused.some((each) => isAgain(each, trial))
  const passedOver = refused.find((each) => {
    const next = sentAfter(each, sends).find((other) => isAgain(each, other))
    return each.bytes < trial.bytes && next !== undefined && next.beganMs > trial.beganMs
  })
  if (!isOfRefused || !passedOver) return []
  return [`HURRY ${trial.bytes} bytes try a busy storage, and ${passedOver.bytes} wait`]
}

function isAgain(first: PageSend, second: PageSend): boolean {
  const { file, uploadId, partNumber } = first
  return second.file === file && second.uploadId === uploadId && second.partNumber === partNumber
}
