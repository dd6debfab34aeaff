import type { ListedPart, SignedPart } from '../../protocol/operations.js'
import { type PartRange, partCountOf, partRange, partSize } from '../../s3/part-plan.js'
import type { SentUpload } from '../endpoint/upload-confirmation.js'
import { withoutQuery } from '../transfer/object-location.js'
import { EndpointError } from '../upload-error.js'

/** What identifies a multipart upload to the server, and how its file is cut. */
export interface MultipartFacts {
  readonly token: string
  readonly key: string
  readonly partSizeBytes: number
  readonly partCount: number
  /** Given when every part needs its checksum. */
  readonly checksumAlgorithm?: 'SHA256' | undefined
}

/** Parts that came signed with the upload itself. */
export interface FirstParts {
  readonly parts: readonly SignedPart[]
  isFresh(): boolean
}

/** A multipart upload that was begun and has not ended: what is in the bucket of it, and what is missing. */
export class OpenUpload {
  readonly facts: MultipartFacts
  readonly size: number
  firstParts: FirstParts | undefined
  #location: string | undefined
  /** Part numbers; undefined when only S3 knows. */
  #arrived: Set<number> | undefined
  #arrivedBytes = 0

  constructor(
    facts: MultipartFacts,
    { size, location }: { readonly size: number; readonly location?: string | undefined },
  ) {
    const { partSizeBytes, partCount } = facts
    if (partCountOf({ size, partSizeBytes }) !== partCount) throw wrongPlan(size, facts)
    const { token, key, checksumAlgorithm } = facts
    this.facts = { token, key, partSizeBytes, partCount, checksumAlgorithm }
    this.size = size
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
    return numbers.filter((partNumber) => !this.#arrived?.has(partNumber))
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

  /** Takes over what S3 says it has; a part of another size than planned is sent again. */
  setListed(parts: readonly ListedPart[]): void {
    const { partCount } = this.facts
    this.#arrived = new Set()
    this.#arrivedBytes = 0
    for (const { partNumber, size } of parts) {
      const isPlanned = partNumber <= partCount && size === partSize(this.#plan, partNumber)
      if (isPlanned) this.noteArrived(partNumber)
    }
  }

  /** Notes that S3 has accepted a part. */
  noteArrived(partNumber: number): void {
    if (!this.#arrived || this.#arrived.has(partNumber)) return
    this.#arrived.add(partNumber)
    this.#arrivedBytes += partSize(this.#plan, partNumber)
  }

  /** Something is not as it should be: S3 has to be asked again. */
  forgetArrived(): void {
    this.#arrived = undefined
    this.#arrivedBytes = 0
    this.firstParts = undefined
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
