import type { ListedPart, SignedPart } from '../../protocol/operations.js'
import { type PartRange, partCountOf, partRange, partSize } from '../../s3/part-plan.js'
import type { SentUpload } from '../endpoint/confirmations.js'
import { EndpointError } from '../errors/upload-error.js'
import type { MultipartFacts } from '../resume/resumption.js'
import { withoutQuery } from '../transfer/object-location.js'
import { PartsEvidence } from './parts-evidence.js'

/** Parts that came signed with the upload itself. */
interface FirstParts {
  readonly parts: readonly SignedPart[]
  isFresh(): boolean
}

/** An unfinished multipart upload: the parts that are in the bucket, and those that are missing. */
export class MultipartState {
  readonly facts: MultipartFacts
  readonly size: number
  /** What is known of the bytes that the parts had when they were read. */
  readonly evidence: PartsEvidence
  firstParts: FirstParts | undefined
  /** Of an upload that another page has started: samples of all parts, if the file seems to be the same. */
  sampleIfAlike: (() => Promise<readonly string[] | undefined>) | undefined
  #location: string | undefined
  /** Part numbers; undefined when only S3 knows. */
  #arrived: Set<number> | undefined
  #arrivedBytes = 0
  /** What S3 had when it was last asked in vain for more. */
  #listedBytes = 0
  /** Parts that S3 has, with the checksums that it has compared them with: they may be of another file. */
  readonly #unproven = new Map<number, string>()

  constructor(
    facts: MultipartFacts,
    { size, location }: { readonly size: number; readonly location?: string | undefined },
  ) {
    const { partSizeBytes, partCount } = facts
    if (partCountOf({ size, partSizeBytes }) !== partCount) throw wrongPlan(size, facts)
    const { token, key, checksumAlgorithm } = facts
    const known = { token, key, partSizeBytes, partCount, checksumAlgorithm }
    this.facts = known satisfies Record<keyof MultipartFacts, unknown>
    this.size = size
    this.evidence = new PartsEvidence({ size, partSizeBytes })
    this.#location = location
  }

  /** Whether it is known which parts have arrived. */
  get isListed(): boolean {
    return this.#arrived !== undefined
  }

  get arrivedBytes(): number {
    return this.#arrivedBytes
  }

  /** Numbers of the parts to send, in their order. */
  get missing(): readonly number[] {
    const numbers = Array.from({ length: this.facts.partCount }, (_, index) => index + 1)
    return numbers.filter(
      (partNumber) => !this.#arrived?.has(partNumber) && !this.#unproven.has(partNumber),
    )
  }

  /** Parts that are in the bucket, if their checksums are those of the file. */
  get unproven(): ReadonlyMap<number, string> {
    return this.#unproven
  }

  /** URL of the object, once a part was signed. */
  get location(): string | undefined {
    return this.#location
  }

  /** What the server is asked about when all parts are there. */
  get sent(): SentUpload {
    const { token, key, checksumAlgorithm } = this.facts
    const isVerified = checksumAlgorithm !== undefined
    return { token, key, location: this.#location ?? '', isMultipart: true, isVerified }
  }

  rangeOf(partNumber: number): PartRange {
    return partRange(this.#plan, partNumber)
  }

  /** Takes over what S3 says it has; a part that is not as planned is sent again. */
  setListed(parts: readonly ListedPart[], { isSameFile = true } = {}): void {
    const { partCount } = this.facts
    this.#forgetListed()
    this.#arrived = new Set()
    for (const { partNumber, size, checksum } of parts) {
      const isPlanned = partNumber <= partCount && size === partSize(this.#plan, partNumber)
      if (!isPlanned) continue
      const isKnown = checksum !== undefined && this.evidence.checksumOf(partNumber) === checksum
      if (checksum === undefined ? isSameFile : isKnown) this.noteArrived(partNumber)
      else if (checksum !== undefined) this.#unproven.set(partNumber, checksum)
    }
  }

  /** Notes whether an unproven part is one of the file; if not, it is missing. */
  noteProof(partNumber: number, isProven: boolean): void {
    this.#unproven.delete(partNumber)
    if (isProven) this.noteArrived(partNumber)
  }

  /** Notes that S3 has accepted a part. */
  noteArrived(partNumber: number): void {
    if (!this.#arrived || this.#arrived.has(partNumber)) return
    this.#arrived.add(partNumber)
    this.#arrivedBytes += partSize(this.#plan, partNumber)
  }

  /** Something is not as it should be: S3 has to be asked again. */
  forgetArrived(): void {
    this.#forgetListed()
    this.firstParts = undefined
  }

  #forgetListed(): void {
    this.#arrived = undefined
    this.#arrivedBytes = 0
    this.#unproven.clear()
  }

  /** Whether S3 has listed more than was known when this was last asked. */
  areMoreBytes(parts: readonly ListedPart[]): boolean {
    const known = Math.max(this.#arrivedBytes, this.#listedBytes)
    this.#listedBytes = parts.reduce((bytes, { size }) => bytes + size, 0)
    return this.#listedBytes > known
  }

  noteLocation(partUrl: string): void {
    this.#location ??= withoutQuery(partUrl)
  }

  get #plan() {
    return { size: this.size, partSizeBytes: this.facts.partSizeBytes }
  }
}

function wrongPlan(size: number, { partSizeBytes, partCount }: MultipartFacts): EndpointError {
  return new EndpointError(
    `The signing endpoint planned ${partCount} parts of ${partSizeBytes} bytes for a file of ${size} bytes. partCount must be size divided by partSizeBytes, rounded up.`,
    { code: 'endpoint-answer', status: 200, retryable: false },
  )
}
