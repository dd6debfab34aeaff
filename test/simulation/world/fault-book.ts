import type { Fault, Leg } from '../scenario/scenario.js'

/** Deals out the faults of a scenario: each hits one request of its leg, by number. */
export class FaultBook {
  /** From then on nothing fails any more. */
  isHealed = false
  hits = 0
  readonly #faults: readonly Fault[]
  readonly #counts: Record<Leg, number> = { s3: 0, endpoint: 0, server: 0 }
  readonly #onHit: (fault: Fault, operation: string) => void

  constructor(faults: readonly Fault[], onHit: (fault: Fault, operation: string) => void) {
    this.#faults = faults
    this.#onHit = onHit
  }

  /** What happens to the next request of a leg. */
  take(leg: Leg, operation: string): Fault | undefined {
    this.#counts[leg] += 1
    if (this.isHealed) return undefined
    const nth = this.#counts[leg]
    const fault = this.#faults.find((each) => each.leg === leg && each.nth === nth)
    if (!fault) return undefined
    this.hits += 1
    this.#onHit(fault, operation)
    return fault
  }
}
