import { abortable } from '../../async/abortable.js'
import { kibibyte } from '../../s3/byte-units.js'
import { type PartRange, partCountOf, partRange, planParts } from '../../s3/part-plan.js'
import { unreadableFile } from '../errors/file-errors.js'
import { answerOf } from '../reading/file-watch.js'
import type { ChecksumSource } from './checksum.js'

/** To ask for a byte takes about as long as to read so many. */
const maxBytesUnasked = 128 * kibibyte

/** Number of parts that are hashed before the server has said how to cut the file. */
const guessedParts = 3

/** How the checksums of a file are computed. */
interface FileChecksumsOptions {
  readonly checksums: ChecksumSource
  readonly signal: AbortSignal
  /** Follows what reads the file. @default as it is */
  readonly follow?: (<T>(work: Promise<T>) => Promise<T>) | undefined
}

/** The checksums of one file and of its parts, each computed once unless it proves wrong. */
export class FileChecksums {
  readonly #source: Blob
  readonly #size: number
  readonly #checksums: ChecksumSource
  readonly #signal: AbortSignal
  readonly #follow: FileChecksumsOptions['follow'] & {}
  /** By where the bytes lie in the file. */
  readonly #known = new Map<string, Promise<string>>()

  constructor(source: Blob, { checksums, signal, follow = (work) => work }: FileChecksumsOptions) {
    this.#follow = follow
    this.#source = source
    this.#size = source.size
    this.#checksums = checksums
    this.#signal = signal
  }

  /** SHA-256 of the whole file, base64; throws a `FileError` when it cannot be read. */
  ofFile(): Promise<string> {
    return this.ofPart({ start: 0, end: this.#size })
  }

  /** SHA-256 of a part, base64; throws a `FileError` when the file cannot be read. */
  ofPart({ start, end }: PartRange): Promise<string> {
    const place = `${start}-${end}`
    const checksum = this.#known.get(place) ?? this.#compute(this.#cut({ start, end }))
    this.#known.set(place, checksum)
    checksum.catch(() => this.#known.delete(place))
    return checksum
  }

  /** Begins with the parts that are sent first, cut as a server cuts them unless it is told otherwise. */
  hashAhead(): void {
    const size = this.#size
    const { partSizeBytes } = planParts(size)
    const count = Math.min(guessedParts, partCountOf({ size, partSizeBytes }))
    for (let partNumber = 1; partNumber <= count; partNumber += 1) {
      void this.ofPart(partRange({ size, partSizeBytes }, partNumber))
    }
  }

  /** Forgets what was computed: the bytes that arrived had another checksum. */
  forget(): void {
    this.#known.clear()
  }

  /** Cutting takes a browser longer than reading a small file. */
  #cut({ start, end }: PartRange): Blob {
    const isWhole = start === 0 && end === this.#size
    return isWhole ? this.#source : this.#source.slice(start, end)
  }

  async #compute(bytes: Blob): Promise<string> {
    try {
      // What does not answer takes no place from other files.
      if (bytes.size > maxBytesUnasked) await abortable(this.#follow(answerOf(bytes)), this.#signal)
      return await this.#follow(this.#checksums.sha256(bytes, this.#signal))
    } catch (error) {
      this.#signal.throwIfAborted()
      // Reading rejects with nothing else; what is wrong with hashing is no fault of the file.
      throw isDomException(error) ? unreadableFile(error) : error
    }
  }
}

/** Whichever window it comes from: one for each frame, and a test runner’s own. */
function isDomException(error: unknown): boolean {
  return Object.prototype.toString.call(error) === '[object DOMException]'
}
