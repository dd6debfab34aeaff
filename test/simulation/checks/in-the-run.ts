import { startMs } from '../clock/virtual-runtime.js'
import type { Run } from '../run/run-scenario.js'
import type { User } from '../run/user.js'
import type { EventKind } from '../scenario/scenario.js'
import { isLineShared } from '../scenario/shared-line.js'
import { bucket } from '../world/object-storage.js'

/** What a page sends may arrive so long after it has gone. */
const arrivingMs = 60_000

/** With the waits beside it, a longer outage may use up the 300 s of `retryBudgetSeconds`. */
const mostOutageMs = 240_000

/** Six connections that have died unheard cost 30 s each. */
const deadConnectionsMs = 180_000

/** What must hold when everything has settled, before the world is healed. */
export async function inTheRun({ world, user, end }: Run): Promise<string[]> {
  const files = user.look()
  const objects = await world.storage.s3.objects(bucket)
  const problems: string[] = []
  if (end !== 'done') {
    const open = files.filter(({ status }) => status !== 'complete' && status !== 'failed')
    const names = open.map(({ tab, name, status }) => `${tab} ${name} ${status}`)
    problems.push(`HANG ${end}: ${names.join(', ')}`)
  }
  for (const { name, status, successes, error = '' } of files) {
    const wanted = status === 'complete' ? 1 : 0
    if (successes !== wanted)
      problems.push(`TOLD ${name} is ${status}, ${successes} times for Uppy`)
    if (status !== 'failed') continue
    if (!user.hasChanged(name) && !isExcused(world, error))
      problems.push(`FAILED ${name} although everything is curable: ${error}`)
    const stored = objects.find(({ key }) => key.endsWith(name))
    const isKnown = stored && (user.completed.has(stored.key) || isOfGonePage(stored, user))
    const isOfEarlierUpload = user.hasChanged(name) && isRemovedMeanwhile(world, stored?.key)
    if (stored && !isKnown && !isOfEarlierUpload && !mayArriveLate(world))
      problems.push(`STORED ${name} was called failed and lies in the bucket`)
  }
  return problems
}

/** Failures that no repetition within the budget would have saved. */
function isExcused(world: Run['world'], error: string): boolean {
  return (
    isBeyondLimit(world, error) ||
    isBeyondBudget(world) ||
    isOfShortSignature(world, error) ||
    isTwiceMissing(world, error) ||
    (isLineShared(world.scenario) && error.startsWith('network'))
  )
}

/** Of more large files than may be open, those beyond are refused: as soon as others are complete, a retry gets through. */
function isBeyondLimit({ scenario }: Run['world'], error: string): boolean {
  return scenario.server.maxOpenUploads !== undefined && error.startsWith('quota-exceeded')
}

/** What arrives after its file was called failed, nobody can have seen before. */
function mayArriveLate({ scenario }: Run['world']): boolean {
  return scenario.faults.some(({ leg, kind }) => leg === 's3' && kind === 'late-delivery')
}

/** What was being confirmed when its row was removed stays; added again, or chosen in another tab, its file may fail. */
function isRemovedMeanwhile({ scenario, completedKeys }: Run['world'], key = ''): boolean {
  const has = (wanted: EventKind) => scenario.events.some(({ kind }) => kind === wanted)
  const isCancelled = has('cancel') || has('cancel-all')
  return has('add-again') || (isCancelled && has('second-tab') && completedKeys.includes(key))
}

/** Signatures of a minute may end while a file waits, and any in a sleep that both clocks hide. */
function isOfShortSignature({ scenario }: Run['world'], error: string): boolean {
  const has = (wanted: EventKind) => scenario.events.some(({ kind }) => kind === wanted)
  const mayEnd = scenario.server.signatureSeconds < 600 || (has('sleep') && has('clock-jump'))
  return mayEnd && error.startsWith('signature-expired')
}

/** A part that is lost and a list that lags are the same reason, and each reason has one more try. */
function isTwiceMissing({ scenario }: Run['world'], error: string): boolean {
  const isLagging = scenario.faults.some(({ kind }) => kind === 'lag')
  return isLagging && error.startsWith('parts-missing')
}

/** Outages that last longer than anything is tried again. */
function isBeyondBudget({ scenario }: Run['world']): boolean {
  const costs = scenario.events.map(({ kind, forMs = 0 }) => {
    if (kind === 'dark') return deadConnectionsMs
    return kind === 's3-down' || kind === 'endpoint-down' ? forMs : 0
  })
  return costs.reduce((sum, each) => sum + each, 0) > mostOutageMs
}

function isOfGonePage(
  { lastModified }: { readonly lastModified: Date },
  { goneMs }: User,
): boolean {
  const storedMs = lastModified.getTime() - startMs
  return goneMs.some((atMs) => storedMs < atMs + arrivingMs)
}
