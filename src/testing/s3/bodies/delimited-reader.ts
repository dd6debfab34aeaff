/** Bytes that arrive in chunks, cut at delimiters and lengths that may lie across them. */
export class DelimitedReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #problem: (message: string) => Error
  #rest: Uint8Array = new Uint8Array(0)
  #received = 0

  /** `problem` makes the error that is thrown when the bytes end too early or a limit is passed. */
  constructor(chunks: AsyncIterable<Uint8Array>, problem: (message: string) => Error) {
    this.#chunks = chunks[Symbol.asyncIterator]()
    this.#problem = problem
  }

  /** How many of the bytes that arrived were taken so far. */
  get offset(): number {
    return this.#received - this.#rest.length
  }

  /** Puts bytes before those to come. */
  unread(bytes: Uint8Array): void {
    this.#rest = joined(bytes, this.#rest)
  }

  /** Takes exactly `count` bytes at once. */
  async take(count: number): Promise<Uint8Array> {
    while (this.#rest.length < count) await this.#more()
    return this.#cut(count)
  }

  /** Yields the next `count` bytes as they arrive. */
  async *read(count: number): AsyncGenerator<Uint8Array, void, undefined> {
    let remaining = count
    while (remaining > 0) {
      if (this.#rest.length === 0) await this.#more()
      const chunk = this.#cut(Math.min(remaining, this.#rest.length))
      remaining -= chunk.length
      if (chunk.length > 0) yield chunk
    }
  }

  /** Takes what comes before the delimiter, at most `maxBytes`, and skips the delimiter. */
  async takeUntil(delimiter: Uint8Array, maxBytes: number): Promise<Uint8Array> {
    let bytes: Uint8Array = new Uint8Array(0)
    for await (const chunk of this.readUntil(delimiter)) {
      bytes = joined(bytes, chunk)
      if (bytes.length > maxBytes) throw this.#problem(`A header is longer than ${maxBytes} bytes.`)
    }
    return bytes
  }

  /** Yields what comes before the delimiter as it arrives, and skips the delimiter. */
  async *readUntil(delimiter: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    const skips = skipTable(delimiter)
    while (true) {
      const found = search(this.#rest, delimiter, skips)
      if (found >= 0) {
        const before = this.#cut(found)
        this.#cut(delimiter.length)
        if (found > 0) yield before
        return
      }
      // The last bytes may be the beginning of a delimiter.
      const certain = this.#rest.length - delimiter.length + 1
      if (certain > 0) yield this.#cut(certain)
      await this.#more()
    }
  }

  /** Takes whatever is left, and drops it. */
  async skipRest(): Promise<void> {
    this.#cut(this.#rest.length)
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) {
      this.#received += next.value.length
    }
  }

  #cut(count: number): Uint8Array {
    const bytes = this.#rest.subarray(0, count)
    this.#rest = this.#rest.subarray(count)
    return bytes
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next()
    if (next.done) throw this.#problem('The body ends too early.')
    this.#received += next.value.length
    this.#rest = joined(this.#rest, next.value)
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** Horspool's search: how far the window may move when its last byte is the given one. */
function skipTable(delimiter: Uint8Array): Uint8Array {
  const skips = new Uint8Array(256).fill(delimiter.length)
  const last = delimiter.length - 1
  for (let index = 0; index < last; index++) skips[delimiter[index] ?? 0] = last - index
  return skips
}

function search(bytes: Uint8Array, delimiter: Uint8Array, skips: Uint8Array): number {
  const last = delimiter.length - 1
  let position = 0
  while (position + last < bytes.length) {
    let offset = last
    while (offset >= 0 && bytes[position + offset] === delimiter[offset]) offset--
    if (offset < 0) return position
    position += skips[bytes[position + last] ?? 0] ?? 1
  }
  return -1
}
