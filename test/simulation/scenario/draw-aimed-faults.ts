import type { Random } from '../../support/random.js'
import { detailsOf } from './draw-faults.js'
import { type Fault, type FaultKind, faultKinds, type Leg } from './scenario.js'

/** Requests that are few beside all others. */
const rare: readonly [Aim, ...Aim[]] = [
  ['endpoint', 'sign-uploads'],
  ['endpoint', 'sign-parts'],
  ['endpoint', 'list-parts'],
  ['endpoint', 'abort-uploads'],
  ['endpoint', 'sign-downloads'],
  ['endpoint', 'complete-uploads'],
  ['server', 'CreateMultipartUpload'],
  ['server', 'ListMultipartUploads'],
  ['server', 'ListParts'],
  ['server', 'CompleteMultipartUpload'],
  ['server', 'AbortMultipartUpload'],
]

type Aim = readonly [leg: Leg, operation: string]

/** Draws at times a fault of one of these requests. */
export function drawAimedFaults(random: Random): Fault[] {
  if (random.chance(0.5)) return []
  const [leg, operation] = random.pick(rare)
  const kind = random.pick<FaultKind>([...faultKinds[leg]] as [FaultKind, ...FaultKind[]])
  return [{ leg, operation, nth: random.integer(1, 2), kind, ...detailsOf(kind, random) }]
}
