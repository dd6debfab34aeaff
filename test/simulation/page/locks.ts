import type { Random } from '../../support/random.js'
import type { Clock } from '../clock/clock.js'
import type { Process } from '../clock/process.js'

interface SimulatedLock {
  readonly name: string
  readonly owner: Process
}

type LockCallback = (lock: { readonly name: string } | null) => unknown

/** The Web Locks of an origin; a page that goes gives back its own. */
export class SimulatedLocks {
  readonly #held = new Map<string, SimulatedLock>()
  readonly #clock: Clock
  readonly #random: Random

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  get heldNames(): readonly string[] {
    return [...this.#held.keys()]
  }

  request(name: string, _options: { ifAvailable: true }, callback: LockCallback): Promise<unknown> {
    const owner = this.#clock.process
    return new Promise((resolve, reject) => {
      this.#soon(() => {
        if (this.#held.has(name)) resolve(callback(null))
        else this.#hold({ name, owner }, callback).then(resolve, reject)
      })
    })
  }

  query(): Promise<{ held: { name: string; clientId: string }[] }> {
    return new Promise((resolve) => {
      this.#soon(() => {
        const held = [...this.#held.values()]
        resolve({ held: held.map(({ name, owner }) => ({ name, clientId: owner.name })) })
      })
    })
  }

  /** Gives back everything that a process holds. */
  release(process: Process): void {
    for (const [name, { owner }] of this.#held) if (owner === process) this.#held.delete(name)
  }

  async #hold(lock: SimulatedLock, callback: LockCallback): Promise<unknown> {
    const { name, owner } = lock
    this.#held.set(name, lock)
    this.#clock.trace.add(this.#clock.now, `${owner.name} locks ${name.slice(-6)}`)
    try {
      return await callback({ name })
    } finally {
      // Unless its page has gone meanwhile, and another has it.
      if (this.#held.get(name) === lock) this.#held.delete(name)
    }
  }

  #soon(run: () => void): void {
    this.#clock.at(0.2 + this.#random.share() * 2, run)
  }
}
