/** A file with a size and without content: it can be cut, and reads as zeros. */
export class BlankFile extends File {
  readonly #bytes: number

  constructor(bytes: number) {
    super([], 'blank')
    this.#bytes = bytes
  }

  override get size(): number {
    return this.#bytes
  }

  override slice(start = 0, end = this.#bytes): BlankFile {
    return new BlankFile(Math.max(0, Math.min(end, this.#bytes) - start))
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return new ArrayBuffer(this.#bytes)
  }
}
