import { fromBase64, toBase64 } from '../../../sigv4/crypto.js'
import type { Quirks } from '../model/quirks.js'
import { type Checksum, type ChecksumAlgorithm, checksumAlgorithms } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'

/** A checksum that a request announces. */
export interface ChecksumClaim {
  readonly algorithm: ChecksumAlgorithm
  /** Base64; left out when it follows the body as a trailing header, or when S3 is to compute it. */
  readonly value?: string
}

/** How many bytes each checksum has. */
const digestBytes: Readonly<Record<ChecksumAlgorithm, number>> = {
  crc32: 4,
  crc32c: 4,
  crc64nvme: 8,
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha512: 64,
}

const prefix = 'x-amz-checksum-'
const unavailable = /^xxhash(?:3|64|128)$/

/**
 * Reads which checksum a request announces, in headers or form fields.
 *
 * @throws TestS3Error `InvalidRequest` when there is more than one, or one that cannot be.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export function readChecksumClaim(
  fields: ReadonlyMap<string, string>,
  quirks: Pick<Quirks, 'checksums'>,
): ChecksumClaim | undefined {
  if (quirks.checksums === 'ignored') return undefined
  const named = readAlgorithm(
    fields.get('x-amz-sdk-checksum-algorithm') ?? fields.get('x-amz-checksum-algorithm'),
  )
  const claims = [...valuesIn(fields), ...trailersIn(fields)]
  const [claim] = claims
  if (claims.length > 1) throw severalChecksums()
  if (!claim) {
    if (named === undefined) return undefined
    throw invalid(
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    )
  }
  if (named === undefined && quirks.checksums === 'verified-if-named') return undefined
  if (named !== undefined && named !== claim.algorithm) {
    throw invalid('Value for x-amz-sdk-checksum-algorithm header is invalid.')
  }
  return claim
}

/**
 * Reads the name of a checksum, in capitals or not.
 *
 * @throws TestS3Error `InvalidRequest` when it is unknown, `NotImplemented` when only S3 knows it.
 */
export function readAlgorithm(name: string | undefined): ChecksumAlgorithm | undefined {
  if (name === undefined) return undefined
  const algorithm = checksumAlgorithms.find((known) => known === name.toLowerCase())
  if (algorithm) return algorithm
  if (unavailable.test(name.toLowerCase())) {
    throw new TestS3Error('NotImplemented', `The checksum algorithm ${name} is not implemented.`)
  }
  throw invalid(
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumAlgorithms.join(', ').toUpperCase()}]`,
  )
}

/**
 * Checks that a value can be a checksum of its kind.
 *
 * @throws TestS3Error `InvalidRequest`
 */
export function requireChecksumForm({ algorithm, value }: ChecksumClaim): void {
  if (value === undefined || bytesIn(value) === digestBytes[algorithm]) return
  throw invalid(`Value for ${prefix}${algorithm} header is invalid.`)
}

/**
 * Compares an announced checksum with the computed one, and returns it in base64.
 *
 * @throws TestS3Error `BadDigest`
 */
export function requireChecksum(
  algorithm: ChecksumAlgorithm,
  announced: string | undefined,
  digest: Uint8Array | undefined,
): string {
  const computed = toBase64(digest ?? new Uint8Array(0))
  if (announced === undefined || announced === computed) return computed
  throw new TestS3Error(
    'BadDigest',
    `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
  )
}

/** The refusal of a request with more than one checksum. */
export function severalChecksums(): TestS3Error {
  return invalid(
    'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
  )
}

/** The name of the header that carries a checksum. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `${prefix}${algorithm}`
}

/** The name of the XML element that carries a checksum. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm.toUpperCase()}`
}

/** The XML element that tells a checksum. */
export function checksumContent(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  return checksum ? { [checksumElement(checksum.algorithm)]: checksum.value } : {}
}

/** How many bytes a base64 text stands for; `undefined` when it is none. */
export function bytesIn(base64: string): number | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined
  return fromBase64(base64).length
}

function valuesIn(fields: ReadonlyMap<string, string>): ChecksumClaim[] {
  return checksumAlgorithms.flatMap((algorithm) => {
    const value = fields.get(`${prefix}${algorithm}`)
    if (value === undefined) return []
    requireChecksumForm({ algorithm, value })
    return [{ algorithm, value }]
  })
}

function trailersIn(fields: ReadonlyMap<string, string>): ChecksumClaim[] {
  const trailer = fields.get('x-amz-trailer')?.trim().toLowerCase()
  if (trailer === undefined) return []
  if (!trailer.startsWith(prefix) || trailer.includes(',')) {
    throw invalid('The value specified in the x-amz-trailer header is not supported')
  }
  const algorithm = readAlgorithm(trailer.slice(prefix.length))
  return algorithm ? [{ algorithm }] : []
}

function invalid(message: string): TestS3Error {
  return new TestS3Error('InvalidRequest', message)
}
