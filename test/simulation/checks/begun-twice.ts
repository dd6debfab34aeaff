import { minPartBytes } from '../../../src/s3/limits.js'
import type { Run } from '../run/run-scenario.js'
import type { EventKind, Scenario } from '../scenario/scenario.js'
import type { PageSend } from '../world/page-sends.js'

/** These leave an upload as it is, and a page that comes later knows of it. */
const harmless: ReadonlySet<EventKind> = new Set([
  'reload',
  'close-tab',
  'pause',
  'pause-all',
  'hide',
  'offline',
  'dark',
  'break',
  'slow-line',
  's3-down',
  'endpoint-down',
  'restart',
  'sign-out',
])
/** With these alone no request breaks. */
const calm: ReadonlySet<EventKind> = new Set([
  'reload',
  'close-tab',
  'pause',
  'pause-all',
  's3-down',
])
/** A page that goes so soon has not noted the upload yet. */
const notingMs = 20_000

/** A file of which S3 has parts goes on in the same upload, also on another page. */
export function begunTwice({ world, user }: Run): string[] {
  const { scenario, sends } = world
  const isAnother = !scenario.events.every(({ kind }) => harmless.has(kind))
  // A request to give up an earlier upload of the file, which a proxy delivers late, also ends the one that goes on.
  const mayEndLate = scenario.faults.some(
    ({ leg, kind }) => leg === 'endpoint' && kind === 'late-delivery',
  )
  if (isAnother || mayEndLate || scenario.options.resume === false) return []
  const stored = new Map<string, PageSend>()
  const problems: string[] = []
  for (const send of sends.all) {
    const { file = '', uploadId, beganMs } = send
    const first = stored.get(file)
    const isNoted = !user.goneMs.some((atMs) => first && atMs - first.beganMs < notingMs)
    if (first && uploadId !== undefined && uploadId !== first.uploadId && isNoted) {
      if (beganMs > (first.endMs ?? beganMs)) problems.push(`TWICE ${file} begins once more`)
    }
    // Larger parts that are stuck begin anew in smaller ones.
    const isKept = send.bytes === minPartBytes || isCalm(scenario)
    if (send.status === 200 && uploadId !== undefined && isKept && !first) stored.set(file, send)
  }
  return problems
}

function isCalm({ events, faults, line }: Scenario): boolean {
  const isSteady = line.weather === undefined && line.breakEverySeconds === undefined
  return isSteady && faults.length === 0 && events.every(({ kind }) => calm.has(kind))
}
