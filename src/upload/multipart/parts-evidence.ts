import { mebibyte } from '../../s3/byte-units.js'
import { type FileInParts, partCountOf } from '../../s3/part-plan.js'
import { changedFile, unreadableFile } from '../errors/file-errors.js'
import { samplePart } from '../reading/file-samples.js'
import { assertReadable } from '../reading/readable-file.js'

/** Up to this size in bytes a file is read once more as a whole, to see that no part has changed. */
const maxBytesReadAgain = 128 * mebibyte

/** Parts that are looked at at once. */
const concurrency = 4

/** What looking at the parts once more takes. */
interface SecondLook {
  readonly source: Blob
  /** Computes the SHA-256 of a part, base64; throws a `FileError` when it cannot be read. */
  readonly checksumOf: (partNumber: number) => Promise<string>
  readonly signal: AbortSignal
}

/**
 * What is known of the bytes that the parts of a file had when they were read to be sent.
 *
 * Not every browser refuses to read a file that has changed since it was chosen.
 */
export class PartsEvidence {
  readonly #plan: FileInParts
  readonly #samples = new Map<number, Promise<string>>()
  readonly #checksums = new Map<number, string>()

  constructor(plan: FileInParts) {
    this.#plan = plan
  }

  /** Reads a little of a part before the rest is read, once; throws a `FileError` when that fails. */
  async sample(
    partNumber: number,
    source: Blob,
    follow: (reading: Promise<string>) => Promise<string>,
  ): Promise<void> {
    const known = this.#samples.get(partNumber)
    if (known !== undefined) {
      await known
      return
    }
    const sample = follow(this.#read(partNumber, source))
    this.#samples.set(partNumber, sample)
    sample.catch(() => this.#samples.delete(partNumber))
    await sample
  }

  /** Takes over what was read of all parts. */
  setSamples(samples: readonly string[]): void {
    for (const [index, sample] of samples.entries()) {
      if (!this.#samples.has(index + 1)) this.#samples.set(index + 1, Promise.resolve(sample))
    }
  }

  /** The checksum that a part was read with. */
  checksumOf(partNumber: number): string | undefined {
    return this.#checksums.get(partNumber)
  }

  /** Notes the checksum of a part; throws a `FileError` when it was another before. */
  noteChecksum(partNumber: number, checksum: string): void {
    const known = this.#checksums.get(partNumber)
    if (known !== undefined && known !== checksum) throw changedFile()
    this.#checksums.set(partNumber, checksum)
  }

  /** Reads all parts of a small file again and a little of each of a large one; throws a `FileError` when one differs. */
  async requireUnchanged(look: SecondLook): Promise<void> {
    await assertReadable(look.source)
    const partCount = partCountOf(this.#plan)
    let next = 1
    const lookAtNext = async () => {
      while (next <= partCount) {
        const partNumber = next
        next += 1
        look.signal.throwIfAborted()
        if (!(await this.#isUnchanged(partNumber, look))) throw changedFile()
      }
    }
    await Promise.all(Array.from({ length: concurrency }, lookAtNext))
  }

  async #isUnchanged(partNumber: number, { source, checksumOf }: SecondLook): Promise<boolean> {
    const checksum = this.#checksums.get(partNumber)
    if (checksum !== undefined && source.size <= maxBytesReadAgain) {
      return (await checksumOf(partNumber)) === checksum
    }
    const sample = await this.#samples.get(partNumber)
    return sample === undefined || (await this.#read(partNumber, source)) === sample
  }

  async #read(partNumber: number, source: Blob): Promise<string> {
    try {
      return await samplePart(source, this.#plan, partNumber)
    } catch (error) {
      throw unreadableFile(error)
    }
  }
}
