import { startMs } from '../clock/virtual-runtime.js'
import type { Run } from '../run/run-scenario.js'
import type { User } from '../run/user.js'
import { bucket } from '../world/object-storage.js'

/** What a page sends may arrive so long after it has gone. */
const arrivingMs = 60_000

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
    if (!user.hasChanged(name) && !isBeyondLimit(world, error))
      problems.push(`FAILED ${name} although everything is curable: ${error}`)
    const stored = objects.find(({ key }) => key.endsWith(name))
    const isKnown = stored && (user.completed.has(stored.key) || isOfGonePage(stored, user))
    if (stored && !isKnown) problems.push(`STORED ${name} was called failed and lies in the bucket`)
  }
  return problems
}

/** Of more large files than may be open, those beyond are refused: as soon as others are complete, a retry gets through. */
function isBeyondLimit({ scenario }: Run['world'], error: string): boolean {
  return scenario.server.maxOpenUploads !== undefined && error.startsWith('quota-exceeded')
}

function isOfGonePage(
  { lastModified }: { readonly lastModified: Date },
  { goneMs }: User,
): boolean {
  const storedMs = lastModified.getTime() - startMs
  return goneMs.some((atMs) => storedMs < atMs + arrivingMs)
}
