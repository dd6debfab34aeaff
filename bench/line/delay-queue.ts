interface Entry {
  readonly at: number
  readonly action: () => void
}

/** A timer may fire so many milliseconds early: later by a whole one is further from the truth. */
const tolerance = 0.5

/** Runs actions at their times, one after the other in the order they were given. */
export class DelayQueue {
  readonly #entries: Entry[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `at` is a time of `performance.now()`; one before that of the last entry counts as the same. */
  push(at: number, action: () => void): void {
    this.#entries.push({ at, action })
    if (this.#entries.length === 1) this.#wait()
  }

  clear(): void {
    this.#entries.length = 0
    clearTimeout(this.#timer)
  }

  #wait(): void {
    const [next] = this.#entries
    if (!next) return
    this.#timer = setTimeout(() => this.#runDue(), Math.max(next.at - performance.now(), 0))
  }

  #runDue(): void {
    const now = performance.now() + tolerance
    for (let next = this.#entries[0]; next && next.at <= now; next = this.#entries[0]) {
      this.#entries.shift()
      next.action()
    }
    this.#wait()
  }
}
