import { fromBase64, toBase64, toHex } from '../../../sigv4/crypto.js'
import { amzHeadersOf, type ParsedRequest } from '../http/parsed-request.js'
import {
  type Checksum,
  type ChecksumAlgorithm,
  type ChecksumType,
  checksumAlgorithms,
  type MultipartRecord,
  type PartRecord,
} from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { checksumHeader, severalChecksums } from './checksums.js'
import type { Hash, Hashes } from './hashes.js'

/** Which checksum a finished object gets. */
interface ChecksumPlan {
  readonly algorithm: ChecksumAlgorithm
  readonly type: ChecksumType
  /** What the request says it must be. */
  readonly announced?: string
}

/** The ETag of an object made of parts: the MD5 of their MD5s, and how many they were. */
export function multipartETag(hashes: Hashes, parts: readonly PartRecord[]): string {
  const digests = parts.map(({ etag }) => fromHex(etag))
  return `${toHex(digestOfDigests(hashes.md5(), digests))}-${parts.length}`
}

/**
 * Reads which checksum the finished object gets: what the upload was created with, else what Complete announces.
 *
 * @throws TestS3Error `InvalidRequest` when both disagree.
 */
export function planChecksum(
  upload: MultipartRecord,
  request: ParsedRequest,
): ChecksumPlan | undefined {
  const headers = amzHeadersOf(request)
  const [announcedAlgorithm, ...others] = checksumAlgorithms.filter((name) =>
    headers.has(checksumHeader(name)),
  )
  if (others.length > 0) throw severalChecksums()
  const algorithm = upload.checksumAlgorithm ?? announcedAlgorithm
  if (algorithm === undefined) return undefined
  const type = requireChecksumType(algorithm, upload.checksumType ?? 'FULL_OBJECT')
  const announcedType = headers.get('x-amz-checksum-type')?.toUpperCase() ?? type
  if (announcedType !== type || (announcedAlgorithm ?? algorithm) !== algorithm) {
    throw new TestS3Error(
      'InvalidRequest',
      `The upload was created using the ${type} checksum mode with ${algorithm}. The complete request must use the same.`,
    )
  }
  return { algorithm, type, announced: headers.get(checksumHeader(algorithm)) }
}

/**
 * Checks that a checksum of a whole object made of parts can be of a type: hashes cannot be put together.
 *
 * @throws TestS3Error `InvalidRequest`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function requireChecksumType(algorithm: ChecksumAlgorithm, type: string): ChecksumType {
  const isCrc = algorithm.startsWith('crc')
  if (type === 'COMPOSITE' && algorithm !== 'crc64nvme') return type
  if (type === 'FULL_OBJECT' && isCrc) return type
  throw new TestS3Error(
    'InvalidRequest',
    `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
  )
}

/**
 * Computes the checksum of the finished object and holds it against the announced one.
 *
 * @throws TestS3Error `BadDigest`
 */
export function requirePlannedChecksum(
  hashes: Hashes,
  { algorithm, type, announced }: ChecksumPlan,
  parts: readonly PartRecord[],
  wholeDigest: Uint8Array | undefined,
): Checksum {
  const digests = parts.map(({ checksum }) => fromBase64(checksum?.value ?? ''))
  const value = wholeDigest
    ? toBase64(wholeDigest)
    : `${toBase64(digestOfDigests(hashes[algorithm](), digests))}-${parts.length}`
  if (announced === undefined || announced === value || `${announced}-${parts.length}` === value) {
    return { algorithm, type, value }
  }
  throw new TestS3Error(
    'BadDigest',
    `The ${algorithm} you specified did not match the calculated checksum.`,
  )
}

function digestOfDigests(hash: Hash, digests: readonly Uint8Array[]): Uint8Array {
  for (const digest of digests) hash.update(digest)
  return hash.digest()
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
