import type { Connection } from './connection.js'

/** A line over which the bodies of several requests pass one after the other. */
export class SlowLine {
  #freeAt = 0

  /** Reads a body no faster than the line lets it pass, as long as its fault lasts. */
  async *read(
    chunks: AsyncIterable<Uint8Array>,
    { bytesPerSecond = Number.POSITIVE_INFINITY }: { readonly bytesPerSecond?: number },
    connection: Connection,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      const now = performance.now()
      const durationMs = (chunk.byteLength / bytesPerSecond) * 1000
      this.#freeAt = Math.max(now, this.#freeAt) + durationMs
      if (durationMs > 0) await connection.waitInFault(this.#freeAt - now)
      yield chunk
    }
  }
}
