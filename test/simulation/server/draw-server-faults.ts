import type { Random } from '../../support/random.js'
import { type Fault, type FaultKind, faultKinds, type Leg } from '../scenario/scenario.js'

const kindsOf: Readonly<Record<Leg, readonly [FaultKind, ...FaultKind[]]>> = {
  s3: ['refuse', 'lose-answer', 'delay', 'late-delivery', 'repeat'],
  endpoint: [...faultKinds.endpoint, 'repeat'],
  server: [...faultKinds.server, 'late-delivery'],
}

/** How many requests of a leg may be hit. */
const legs: readonly (readonly [leg: Leg, most: number])[] = [
  ['s3', 60],
  ['endpoint', 60],
  ['server', 150],
]
const mostFaults = 30

/** Draws what goes wrong between callers, servers and S3. */
export function drawServerFaults(random: Random): Fault[] {
  const share = random.pick([0, 0.04, 0.12, 0.3])
  const faults: Fault[] = []
  for (const [leg, most] of legs) {
    for (let nth = 1; nth <= most && faults.length < mostFaults; nth += 1) {
      if (!random.chance(share)) continue
      const kind = random.pick(kindsOf[leg])
      faults.push({ leg, nth, kind, ...secondsOf(kind, random) })
    }
  }
  return faults
}

function secondsOf(kind: FaultKind, random: Random): Pick<Fault, 'seconds'> {
  if (kind !== 'delay' && kind !== 'late-delivery' && kind !== '429') return {}
  return { seconds: random.pick([0.2, 1, 5, 12, 25]) }
}
