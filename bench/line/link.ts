/** One direction of a line: everything sent over it shares its bandwidth, first come, first served. */
export class Link {
  readonly #bytesPerSecond: number
  readonly #now: () => number
  #freeAt = 0

  constructor(bytesPerSecond: number, now: () => number = () => performance.now()) {
    this.#bytesPerSecond = bytesPerSecond
    this.#now = now
  }

  /** Queues so many bytes and returns the time, in milliseconds, at which the last of them is on its way. */
  send(bytes: number): number {
    const begin = Math.max(this.#now(), this.#freeAt)
    this.#freeAt = begin + (bytes / this.#bytesPerSecond) * 1000
    return this.#freeAt
  }
}
