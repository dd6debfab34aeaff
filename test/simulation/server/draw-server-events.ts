import type { Random } from '../../support/random.js'
import type { Occasion } from '../scenario/scenario.js'
import { type ServerScenarioEvent, serverEventKinds } from './server-scenario.js'

const sights = [
  's3:CreateMultipartUpload:200',
  's3:UploadPart:200',
  's3:CompleteMultipartUpload:200',
  's3:AbortMultipartUpload:204',
  's3:HeadObject:404',
  's3:ListParts:200',
  'call:sign-uploads',
  'call:complete-uploads',
  'call:abort-uploads',
] as const

const hanging = [
  'HeadObject',
  'ListMultipartUploads',
  'CreateMultipartUpload',
  'CompleteMultipartUpload',
  'AbortMultipartUpload',
  'ListParts',
] as const

/** What comes seldom, since it excuses much. */
const rare: ReadonlySet<string> = new Set(['lifecycle', 'lose-part'])

/** Draws what comes over the servers and the bucket. */
export function drawServerEvents(random: Random): ServerScenarioEvent[] {
  const events: ServerScenarioEvent[] = []
  for (let left = random.pick([0, 0, 1, 2, 3]); left > 0; left -= 1) {
    const kind = random.pick<ServerScenarioEvent['kind']>(serverEventKinds)
    if (rare.has(kind) && random.chance(0.6)) continue
    const isHang = kind === 'hang'
    const lasts =
      isHang ||
      kind === 's3-down' ||
      kind === 'endpoint-down' ||
      kind === 'hook-fails' ||
      kind === 'roll-out-secret'
    events.push({
      kind,
      ...drawOccasion(random),
      ...(isHang && { operation: random.pick(hanging) }),
      ...(lasts && { forMs: random.integer(100, random.pick([5000, 60_000])) }),
    })
  }
  return events
}

function drawOccasion(random: Random): Occasion {
  if (random.chance(0.4)) return { at: random.integer(0, 30_000) }
  return {
    on: random.pick(sights),
    nth: random.integer(1, 6),
    afterMs: random.pick([0, 1, 20, 200, 5000]),
  }
}
