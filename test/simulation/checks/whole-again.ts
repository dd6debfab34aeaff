import { minPartBytes } from '../../../src/s3/limits.js'
import type { Run } from '../run/run-scenario.js'
import type { EventKind } from '../scenario/scenario.js'
import type { PageSend } from '../world/page-sends.js'
import { isRefusedAsBusy } from './sends-of-tabs.js'

/** With these the file is another upload, which knows nothing of the first. */
const renewing: ReadonlySet<EventKind> = new Set([
  'add-again',
  'change-file',
  'retry',
  'undo',
  'replace',
])
const mostRefusals = 2

/** A file that does not come through as a whole goes on in parts: after one break, or two refusals as busy. */
export function wholeAgain({ world: { sends, scenario }, settledMs }: Run): string[] {
  // Where no more may be open, a file stays whole.
  if (scenario.server.maxOpenUploads !== undefined) return []
  if (scenario.events.some(({ kind }) => renewing.has(kind))) return []
  const troubles = new Map<string, number>()
  const problems: string[] = []
  for (const send of sends.all) {
    const { tab, file = '', uploadId, bytes, beganMs } = send
    // What has failed by then is retried, and knows nothing of its first upload.
    if (beganMs > settledMs) break
    if (uploadId !== undefined || bytes < minPartBytes) continue
    const name = `${tab} ${file}`
    const before = troubles.get(name) ?? 0
    if (before >= mostRefusals) problems.push(`WHOLE ${file} is sent as a whole once more`)
    troubles.set(name, before + troubleOf(send))
  }
  return problems
}

function troubleOf(send: PageSend): number {
  if (send.isBroken && (send.heardBytes ?? 0) > 0) return mostRefusals
  return isRefusedAsBusy(send) ? 1 : 0
}
