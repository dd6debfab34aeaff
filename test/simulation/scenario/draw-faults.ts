import type { Random } from '../../support/random.js'
import { type Fault, type FaultKind, faultKinds, type Leg } from './scenario.js'

/** How many requests of a leg may be hit, and how likely that is beside those of the page to S3. */
const legs: readonly (readonly [leg: Leg, most: number, likelihood: number])[] = [
  ['s3', 60, 1],
  ['endpoint', 40, 0.6],
  ['server', 60, 0.6],
]
const mostFaults = 24
const inARow = 2

/** Takes minutes of the clock each, so it comes seldom. */
const rare: ReadonlySet<FaultKind> = new Set(['stall', 'expired'])

/** The product tries these again once for each file: a second time, it is no accident. */
const once: ReadonlySet<FaultKind> = new Set(['expired', 'flip-bit'])

/** Draws what goes wrong, never more than twice in a row on a leg. */
export function drawFaults(random: Random, canSeeDamage: boolean): Fault[] {
  const share = random.pick([0, 0.05, 0.15, 0.3])
  const faults: Fault[] = []
  for (const [leg, most, likelihood] of legs) {
    let row = 0
    for (let nth = 1; nth <= most && faults.length < mostFaults; nth += 1) {
      const isHit = random.chance(share * likelihood) && row < inARow
      row = isHit ? row + 1 : 0
      if (!isHit) continue
      const kind = random.pick<FaultKind>([...faultKinds[leg]] as [FaultKind, ...FaultKind[]])
      if (kind === 'flip-bit' && !canSeeDamage) continue
      if (once.has(kind) && faults.some((fault) => fault.kind === kind)) continue
      if (rare.has(kind) && random.chance(0.7)) continue
      faults.push({ leg, nth, kind, ...detailsOf(kind, random) })
    }
  }
  return faults
}

/** Draws what a fault of a kind needs to be one. */
export function detailsOf(
  kind: FaultKind,
  random: Random,
): Pick<Fault, 'share' | 'seconds' | 'code'> {
  if (kind === 'break' || kind === 'stall' || kind === 'flip-bit') {
    return { share: random.integer(0, 99) / 100 }
  }
  if (kind === 'delay' || kind === 'late-delivery' || kind === '429') {
    return { seconds: Math.round(random.share() ** 2 * 30) + 1 }
  }
  if (kind === 'refuse') {
    return {
      code: random.pick(['SlowDown', 'ServiceUnavailable', 'InternalError', 'RequestTimeout']),
    }
  }
  return {}
}
