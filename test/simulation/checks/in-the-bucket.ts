import type { Run } from '../run/run-scenario.js'
import type { EventKind, FaultKind } from '../scenario/scenario.js'
import { bucket } from '../world/object-storage.js'
import { mayRemember } from './may-remember.js'

/** After these an object may be there that nobody has heard of. */
const abandoning: ReadonlySet<EventKind> = new Set([
  'cancel',
  'cancel-all',
  'add-again',
  'reload',
  'close-tab',
  'change-file',
  'pause',
  'pause-all',
  'undo',
  'take-out',
  'replace',
])
/** A page that goes so soon after an upload was begun has not heard of it, or not noted it. */
const hearingMs = 20_000

/** What must lie in the bucket at the end, and what must not. */
export async function inTheBucket(run: Run): Promise<string[]> {
  return [
    ...(await ofCompleteFiles(run)),
    ...(await nothingStray(run)),
    ...(await nothingOpen(run)),
  ]
}

async function ofCompleteFiles({ world, user }: Run): Promise<string[]> {
  const objects = new Map(
    (await world.storage.s3.objects(bucket)).map((object) => [object.key, object]),
  )
  const problems: string[] = []
  for (const [key, { name }] of user.completed) {
    const object = objects.get(key)
    if (!object) {
      problems.push(`LOST ${name} was complete, and there is no ${key}`)
      continue
    }
    const stored = Buffer.from(await new Response(await object.body()).arrayBuffer())
    const isOne = user.contents.get(name)?.some((content) => stored.equals(content))
    if (!isOne) problems.push(`BYTES ${name} was complete, and has other bytes in the bucket`)
  }
  return problems
}

async function nothingStray({ world, user }: Run): Promise<string[]> {
  const { events, faults } = world.scenario
  const isLate = faults.some(({ kind }) => kind === 'late-delivery')
  if (isLate || events.some(({ kind }) => abandoning.has(kind))) return []
  const objects = await world.storage.s3.objects(bucket)
  const strays = objects.filter(({ key }) => !user.completed.has(key))
  return strays.map(({ key }) => `STRAY ${key} lies in the bucket and was reported by nobody`)
}

const slow: ReadonlySet<FaultKind> = new Set(['stall', 'delay'])

async function nothingOpen({ world, user, settledMs }: Run): Promise<string[]> {
  const { storage, scenario } = world
  const goneMs = user.goneMs.filter((atMs) => atMs <= settledMs)
  const open = await storage.s3.uploads(bucket)
  return open.flatMap(({ key, parts }) => {
    const mine = storage.requests.filter((request) => request.key === key)
    // One that was there before may have been removed.
    const begunMs =
      mine.findLast(({ operation }) => operation === 'CreateMultipartUpload')?.atMs ?? 0
    const isHeardOf = mine.some(({ atMs, partNumber }) => partNumber && atMs > begunMs)
    const hasGoneSoon = goneMs.some((atMs) => Math.abs(atMs - begunMs) < hearingMs)
    const isUnknown = goneMs.length > 0 && !isHeardOf
    const isForgotten = goneMs.length > 0 && !mayRemember(scenario)
    // What was begun for a file that can no longer be read is noted nowhere: its record needs the bytes.
    const isUnnoted = user.hasChanged(key) && (!isHeardOf || !mayRemember(scenario))
    // A browser asks again by itself when a connection breaks: the first request may look for the object before it is there.
    const isRepeated = user.completed.has(key)
    const isLate = parts.length === 0 && (isRepeated || mayBeginLate(scenario))
    if (hasGoneSoon || isUnknown || isForgotten || isUnnoted || isLate) return []
    return [`OPEN ${key}: ${parts.length} parts, begun at ${Math.round(begunMs)} ms`]
  })
}

/**
 * A request that reaches the server, or that S3 lets it go on with, when its page has long given it up, begins what nobody
 * knows of: these servers do not hear that a page has gone.
 */
function mayBeginLate({ faults }: Run['world']['scenario']): boolean {
  return faults.some(({ leg, kind }) =>
    leg === 'endpoint' ? kind === 'late-delivery' : leg === 'server' && slow.has(kind),
  )
}
