import type { Runtime } from '../../../async/runtime.js'
import type { Connection } from './connection.js'

/** A line over which the bodies of several requests pass one after the other. */
export class SlowLine {
  readonly #now: () => number
  #freeAt = 0

  constructor({ now }: Pick<Runtime, 'now'>) {
    this.#now = now
  }

  /** Reads a body no faster than the line lets it pass, as long as its fault lasts. */
  async *read(
    chunks: AsyncIterable<Uint8Array>,
    { bytesPerSecond = Number.POSITIVE_INFINITY }: { readonly bytesPerSecond?: number },
    connection: Connection,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      const now = this.#now()
      const durationMs = (chunk.byteLength / bytesPerSecond) * 1000
      this.#freeAt = Math.max(now, this.#freeAt) + durationMs
      if (durationMs > 0) await connection.waitInFault(this.#freeAt - now)
      yield chunk
    }
  }
}
