import type { DiskFile } from './disk-file.js'

type BlobPart = string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | SimulatedBlob

/** Which bytes of a file a blob has. */
export interface FileRange {
  readonly name: string
  readonly start: number
  /** Behind the last one. */
  readonly end: number
  /** Of the whole file. */
  readonly fileSize: number
}

/** Where the bytes of a blob come from. */
class Content {
  readonly size: number
  readonly read: () => Uint8Array<ArrayBuffer>
  /** Undefined when they are not those of one file. */
  readonly range: FileRange | undefined

  constructor(size: number, read: () => Uint8Array<ArrayBuffer>, range?: FileRange) {
    this.size = size
    this.read = read
    this.range = range
  }

  slice(start: number, end: number): Content {
    const from = Math.min(start, this.size)
    const size = Math.max(0, Math.min(end, this.size) - from)
    const range = this.range && shifted(this.range, from, size)
    return new Content(size, () => this.read().subarray(from, from + size), range)
  }
}

function shifted(range: FileRange, from: number, size: number): FileRange {
  const start = range.start + from
  return { ...range, start, end: start + size }
}

/** A blob of a page, whose bytes are at hand: reading them takes no time of the clock. */
export class SimulatedBlob {
  readonly type: string
  readonly #content: Content

  constructor(source: readonly BlobPart[] | Content = [], { type = '' }: { type?: string } = {}) {
    this.type = type
    this.#content = source instanceof Content ? source : joined(source)
  }

  get size(): number {
    return this.#content.size
  }

  get range(): FileRange | undefined {
    return this.#content.range
  }

  /** The bytes; throws as a browser does when the file has changed since it was chosen. */
  readNow(): Uint8Array<ArrayBuffer> {
    return this.#content.read()
  }

  slice(start = 0, end = this.size): SimulatedBlob {
    return new SimulatedBlob(this.#content.slice(start, end))
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.readNow().slice().buffer
  }

  stream(): ReadableStream<Uint8Array> {
    const read = () => this.readNow()
    return new ReadableStream({
      pull(controller) {
        controller.enqueue(read())
        controller.close()
      },
    })
  }
}

/** A file that a user has chosen. */
export class SimulatedFile extends SimulatedBlob {
  readonly name: string
  readonly lastModified: number
  readonly webkitRelativePath = ''

  /** @throws DOMException from every read, once the file on the disk is another. */
  constructor(file: DiskFile, lastModified: number) {
    const { name, bytes, version } = file
    const { length } = bytes
    const read = () => {
      if (file.version === version || file.isChangeUnseen) return file.bytes
      throw new DOMException('The file has changed.', 'NotReadableError')
    }
    super(new Content(length, read, { name, start: 0, end: length, fileSize: length }))
    this.name = name
    this.lastModified = lastModified
  }

  get [Symbol.toStringTag](): string {
    return 'File'
  }
}

/** A form of a page. */
export class SimulatedForm {
  readonly #entries: [name: string, value: string | SimulatedBlob][] = []

  append(name: string, value: string | SimulatedBlob): void {
    this.#entries.push([name, value])
  }

  get(name: string): string | SimulatedBlob | undefined {
    return this.#entries.find(([each]) => each === name)?.[1]
  }

  *values(): Iterable<string | SimulatedBlob> {
    for (const [, value] of this.#entries) yield value
  }

  *[Symbol.iterator](): Iterator<readonly [string, string | SimulatedBlob]> {
    yield* this.#entries
  }
}

function joined(parts: readonly BlobPart[]): Content {
  const bytes = new Uint8Array(Buffer.concat(parts.map(bytesOf)))
  return new Content(bytes.length, () => bytes)
}

function bytesOf(part: BlobPart): Uint8Array {
  if (part instanceof SimulatedBlob) return part.readNow()
  if (typeof part === 'string') return new TextEncoder().encode(part)
  if (ArrayBuffer.isView(part)) {
    return new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
  }
  return new Uint8Array(part)
}
