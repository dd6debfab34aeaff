import type { UploadLife } from '../bucket-history.js'
import { s3UploadIdIn } from '../held-upload.js'
import type { ServerRun } from '../run-server-scenario.js'

/** Events while which S3 may have kept from the handler what is open. */
const hiding: ReadonlySet<string> = new Set(['s3-down', 'hang'])

/** A call that nobody waits for any more must touch nothing that lives, and leave nothing behind. */
export function abandonedCalls(run: ServerRun): string[] {
  return [...begunByZombies(run), ...aborted(run), ...orphans(run)]
}

function begunByZombies({ world }: ServerRun): string[] {
  return world.calls.sent.flatMap(({ operation, key, call, atMs }) => {
    const { abandonedMs = Number.POSITIVE_INFINITY, number } = call
    if (operation !== 'CreateMultipartUpload' || atMs <= abandonedMs) return []
    return [`ZOMBIE ${number} was given up, and then began ${key}`]
  })
}

/** An upload may be aborted by who was asked for it, by a lifecycle rule, or where its object stands. */
function aborted({ world }: ServerRun): string[] {
  const { calls, history } = world
  return [...history.uploads.values()].flatMap((life) => {
    const { key, begunMs, uploadId, endedMs = 0, endedBy } = life
    if (endedBy?.operation !== 'AbortMultipartUpload' || endedBy.sender === undefined) return []
    if (history.objectAt(key, endedMs)) return []
    const call = calls.calls[endedBy.sender - 1]
    const { request, abandonedMs = Number.POSITIVE_INFINITY, number } = call ?? {}
    if (request?.operation !== 'abort-uploads') {
      return [`ZOMBIE ${request?.operation} ${number} aborted ${key}, which lived`]
    }
    const isOwn = request.tokens.some((token) => s3UploadIdIn(token) === uploadId)
    if (isOwn || begunMs <= abandonedMs) return []
    return [`ZOMBIE ${number} was given up, and then aborted ${key}, which was begun after it`]
  })
}

/** Nothing may stay open under the key of an object, unless a fault or a race hid the one from the other. */
function orphans(run: ServerRun): string[] {
  const { world } = run
  return [...world.history.uploads.values()].flatMap((life) => {
    if (life.endedMs !== undefined) return []
    const object = world.history.objects.find(({ key }) => key === life.key)
    if (!object || isExcused(life, run)) return []
    return [`ORPHAN ${life.key} is open, and its object stands there`]
  })
}

function isExcused({ key, begunBy, begunMs }: UploadLife, { world }: ServerRun): boolean {
  const { calls, restartsMs, scenario } = world
  if (scenario.events.some(({ kind }) => hiding.has(kind))) return true
  const concerned = new Set(calls.sent.filter((sent) => sent.key === key).map(({ call }) => call))
  const hits = [...concerned].flatMap((call) => call.hits)
  if (hits.length > 0) return true
  const isCut = [...concerned].some(({ beganMs, endedMs = Number.POSITIVE_INFINITY }) =>
    restartsMs.some((restartMs) => beganMs <= restartMs && restartMs <= endedMs),
  )
  // Begun while the completion has listed already what is open.
  const isRace = [...concerned].some(
    ({ number, request, beganMs, endedMs = Number.POSITIVE_INFINITY }) =>
      number !== begunBy &&
      request.operation === 'complete-uploads' &&
      beganMs <= begunMs &&
      begunMs <= endedMs,
  )
  return isCut || isRace
}
