import { kibibyte, mebibyte } from './byte-units.js'
import { maxObjectBytes, maxPartBytes, maxPartCount, minPartBytes } from './limits.js'

/** From this size on, in bytes, a file is worth several requests. */
export const multipartThresholdBytes = 32 * mebibyte

/** Parts below this size, in bytes, lose more time between two requests than they gain by running side by side. */
export const defaultPartSizeBytes = 8 * mebibyte

/**
 * Browsers open six connections to a host over HTTP/1.1: a 31st part would follow five full rounds alone, on one of them.
 * Beyond sixty parts, a round that is not full no longer matters.
 */
const connections = 6
const maxRoundedParts = 10 * connections

/** Between two parts a connection stands still for an answer and a preflight: rather than more parts, larger ones, up to a size. */
const enoughParts = 3 * connections
const grownPartSizeBytes = 2 * defaultPartSizeBytes

/** Fewer parts are fewer signatures and a shorter list at completion. */
const wishedPartCount = 1000

/** A part that breaks off is sent again from its start, so it grows beyond this size, in bytes, only when it must. */
const wishedPartSizeBytes = 64 * mebibyte

/** So that parts begin where blocks of a disk do. */
const roundedBytes = 64 * kibibyte

/** How a file is cut. */
interface PartPlan {
  /** The size of every part but the last, which is the rest. */
  readonly partSizeBytes: number
  /** 0 for an empty file, which has nothing to cut. */
  readonly partCount: number
}

/** Between which sizes parts are. */
interface PartLimits {
  /** @default 8 MiB */
  readonly minPartSizeBytes?: number
  /** @default 5 GiB, like S3 */
  readonly maxPartSizeBytes?: number
  /** What the browser asks for, because it knows its line; as near to it as S3 allows. @default none */
  readonly askedPartSizeBytes?: number | undefined
}

/** A file and the size it is cut into. */
export interface FileInParts {
  /** Size of the file in bytes. */
  readonly size: number
  readonly partSizeBytes: number
}

/** Where a part lies in its file, as `Blob.slice` takes it. */
export interface PartRange {
  readonly start: number
  /** Behind the part's last byte. */
  readonly end: number
}

/**
 * Plans the parts of a file: as large as `minPartSizeBytes`, growing so that there are at most 18 while a part stays
 * at or below 16 MiB, then by whole MiB so that there are at most 1,000 up to 64 MiB, then at most 10,000.
 *
 * 7 to 60 parts become the next lower multiple of six, so that six connections end together: each is larger then, at most
 * by five sixths, where 11 become 6.
 *
 * An asked size is taken as it is, neither grown nor rounded.
 *
 * @example
 * planParts(100 * 1024 * 1024) // 12 parts instead of 13: { partSizeBytes: 8781824, partCount: 12 }
 * @throws RangeError when the file is larger than 10,000 parts of 5 GiB, or the sizes are no sizes.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
 */
export function planParts(
  size: number,
  {
    minPartSizeBytes = defaultPartSizeBytes,
    maxPartSizeBytes = maxPartBytes,
    askedPartSizeBytes,
  }: PartLimits = {},
): PartPlan {
  requireSize('size', size, { min: 0, max: maxObjectBytes })
  requireSize('minPartSizeBytes', minPartSizeBytes, { min: 1, max: maxPartBytes })
  const smallest = wholeMebibytes(size / maxPartCount)
  if (askedPartSizeBytes !== undefined) {
    const wished = Math.min(Math.max(askedPartSizeBytes, minPartBytes), maxPartSizeBytes)
    const partSizeBytes = Math.max(wished, smallest)
    return { partSizeBytes, partCount: partCountOf({ size, partSizeBytes }) }
  }
  const partSizeBytes = Math.max(
    minPartSizeBytes,
    Math.min(wholeBlocks(size / enoughParts), grownPartSizeBytes),
    Math.min(wholeMebibytes(size / wishedPartCount), wishedPartSizeBytes),
    smallest,
  )
  const plan = { partSizeBytes, partCount: partCountOf({ size, partSizeBytes }) }
  return inFullRounds(size, plan, maxPartSizeBytes)
}

function inFullRounds(size: number, plan: PartPlan, maxPartSizeBytes: number): PartPlan {
  const { partCount } = plan
  const surplus = partCount % connections
  if (surplus === 0 || partCount < connections || partCount > maxRoundedParts) return plan
  const evenSize = size / (partCount - surplus)
  const partSizeBytes = wholeBlocks(evenSize)
  if (partSizeBytes > maxPartSizeBytes) return plan
  return { partSizeBytes, partCount: partCountOf({ size, partSizeBytes }) }
}

/** Counts the parts of a file. */
export function partCountOf({ size, partSizeBytes }: FileInParts): number {
  return Math.ceil(size / partSizeBytes)
}

/**
 * Tells where a part lies in its file.
 *
 * @throws RangeError when the file has no such part.
 */
export function partRange(file: FileInParts, partNumber: number): PartRange {
  const partCount = partCountOf(file)
  if (!Number.isSafeInteger(partNumber) || partNumber < 1 || partNumber > partCount) {
    throw new RangeError(
      `s3-direct-upload: there is no part ${partNumber}; the file has ${partCount}, numbered from 1.`,
    )
  }
  const start = (partNumber - 1) * file.partSizeBytes
  return { start, end: Math.min(start + file.partSizeBytes, file.size) }
}

/**
 * Tells how many bytes a part has.
 *
 * @throws RangeError when the file has no such part.
 */
export function partSize(file: FileInParts, partNumber: number): number {
  const { start, end } = partRange(file, partNumber)
  return end - start
}

function wholeBlocks(bytes: number): number {
  return Math.ceil(bytes / roundedBytes) * roundedBytes
}

function wholeMebibytes(bytes: number): number {
  return Math.ceil(bytes / mebibyte) * mebibyte
}

function requireSize(
  name: string,
  bytes: number,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  if (Number.isSafeInteger(bytes) && bytes >= min && bytes <= max) return
  throw new RangeError(
    `s3-direct-upload: ${name} is ${bytes}; S3 allows whole bytes, ${min} to ${max}.`,
  )
}
