import type { UploadLife } from '../bucket-history.js'
import type { Call } from '../call-book.js'
import type { ServerRun } from '../run-server-scenario.js'

/** Nobody waits longer for another call of the same owner: docs/decisions/0055. */
const longestWaitMs = 30_000

/** The faults after which S3 may begin an upload that the handler does not know of. */
const doubtful: ReadonlySet<string> = new Set(['repeat', 'late-delivery'])

/** At most `maxOpenUploads` of an owner may be open at any moment; each process may grant the last place once more. */
export function openUploads(run: ServerRun): string[] {
  const { calls, scenario, history } = run.world
  const { maxOpenUploads, secondClockAheadSeconds } = scenario.server
  const isRolledOut = scenario.events.some(({ kind }) => kind === 'roll-out-secret')
  if (maxOpenUploads === undefined) return []
  const processes = secondClockAheadSeconds === undefined && !isRolledOut ? 1 : 2
  const problems: string[] = []
  const owners = new Set(scenario.callers.map(({ owner }) => owner))
  for (const owner of owners) {
    const own = calls.of('sign-uploads').filter((call) => call.owner === owner)
    const numbers = new Set(own.map(({ number }) => number))
    const lives = [...history.uploads.values()].filter(({ begunBy = 0 }) => numbers.has(begunBy))
    for (const life of lives) {
      const open = lives.filter((other) => isOpenAt(other, life.begunMs)).length
      const most = maxOpenUploads * processes + excused(own, life.begunMs, run)
      if (open > most) problems.push(`LIMIT ${owner} had ${open} open, at most ${most} may be`)
    }
  }
  return problems
}

function isOpenAt({ begunMs, endedMs = Number.POSITIVE_INFINITY }: UploadLife, atMs: number) {
  return begunMs <= atMs && atMs < endedMs
}

/** How many more may be open, since nobody could know better. */
function excused(calls: readonly Call[], atMs: number, { world }: ServerRun): number {
  const before = calls.filter(({ beganMs }) => beganMs <= atMs)
  const isUnordered = before.some(
    ({ beganMs, endedMs = Number.POSITIVE_INFINITY }) =>
      Math.min(endedMs, atMs) - beganMs > longestWaitMs,
  )
  if (isUnordered) return Number.POSITIVE_INFINITY
  const hits = before.flatMap((call) => call.hits)
  const unknown = hits.filter(
    ({ fault, operation }) => doubtful.has(fault.kind) && operation === 'CreateMultipartUpload',
  )
  // What an ended process has sent, S3 does after the next one has counted.
  const cut = before.filter(({ beganMs, endedMs = Number.POSITIVE_INFINITY }) =>
    world.restartsMs.some((restartMs) => beganMs <= restartMs && restartMs <= endedMs),
  )
  const cutFiles = cut.reduce((sum, { request }) => {
    return request.operation === 'sign-uploads' ? sum + request.files.length : sum
  }, 0)
  return unknown.length + cutFiles
}
