import type { Fault, Leg } from '../scenario/scenario.js'

/** Deals out the faults of a scenario: each hits one request of its leg, by number. */
export class FaultBook {
  /** From then on nothing fails any more. */
  isHealed = false
  hits = 0
  readonly #faults: readonly Fault[]
  readonly #counts: Record<string, number> = {}
  readonly #onHit: (fault: Fault, operation: string) => void

  constructor(faults: readonly Fault[], onHit: (fault: Fault, operation: string) => void) {
    this.#faults = faults
    this.#onHit = onHit
  }

  /** What happens to the next request of a leg. */
  take(leg: Leg, operation: string): Fault | undefined {
    const nthOfLeg = this.#count(leg)
    const nthOfOperation = this.#count(`${leg} ${operation}`)
    if (this.isHealed) return undefined
    const fault = this.#faults.find((each) => {
      if (each.leg !== leg || !canHit(each, operation)) return false
      return each.operation === undefined
        ? each.nth === nthOfLeg
        : each.operation === operation && each.nth === nthOfOperation
    })
    if (!fault) return undefined
    this.hits += 1
    this.#onHit(fault, operation)
    return fault
  }

  #count(what: string): number {
    const count = (this.#counts[what] ?? 0) + 1
    this.#counts[what] = count
    return count
  }
}

/** Of what S3 answers, only a list of parts lags. */
function canHit({ kind }: Fault, operation: string): boolean {
  return kind !== 'lag' || operation === 'ListParts'
}
