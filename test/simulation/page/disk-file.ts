/** A file on the user's disk, which others may change. */
export class DiskFile {
  readonly name: string
  #bytes: Uint8Array<ArrayBuffer>
  #version = 0
  /** Whether browsers read other bytes than those that were chosen, and do not say so. */
  isChangeUnseen = false

  constructor(name: string, bytes: Uint8Array<ArrayBuffer>) {
    this.name = name
    this.#bytes = bytes
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes
  }

  /** Whoever chose the file before can no longer read it. */
  get version(): number {
    return this.#version
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes
    this.#version += 1
  }
}
