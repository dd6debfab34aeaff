import { fromBase64, toHex } from '../../../sigv4/crypto.js'
import type { Authentication } from '../authentication/authentication.js'
import {
  bytesIn,
  type ChecksumClaim,
  checksumHeader,
  readChecksumClaim,
  requireChecksum,
  requireChecksumForm,
} from '../checksums/checksums.js'
import type { HashAlgorithm } from '../checksums/hashes.js'
import { amzHeadersOf, headerOf, type ParsedRequest } from '../http/parsed-request.js'
import type { Quirks } from '../model/quirks.js'
import type { BodyWriter, Checksum, UnpublishedBody } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { readAwsChunked } from './aws-chunked.js'
import { type BodyFacts, entityTooLarge, type ReceivedBody, receiveBody } from './receive-body.js'

/** A body that is what its headers announced. */
export interface Payload {
  readonly body: UnpublishedBody
  /** MD5 in hexadecimal. */
  readonly etag: string
  readonly checksum?: Checksum
}

/** What a signed body is received with. */
interface PayloadFacts extends BodyFacts {
  readonly quirks: Quirks
  readonly maxPutBytes: number
}

/** A request whose signature is verified and whose body is not read. */
export interface SignedBody {
  readonly setup: PayloadFacts
  readonly request: ParsedRequest
  readonly authentication: Authentication
}

/** How a body is taken in. */
export interface PayloadOptions {
  /** Where the bytes go. @default the storage */
  readonly writer?: BodyWriter
  /** @default the largest PUT */
  readonly maxBytes?: number
  /** Whether `x-amz-checksum-*` is about this body. @default true */
  readonly hasChecksum?: boolean
}

/**
 * Takes in the body of a request and holds it to everything its headers say: length, signature, digests.
 *
 * @throws TestS3Error with the code of what does not fit; the body is gone then.
 */
export async function receivePayload(
  { setup, request, authentication }: SignedBody,
  { writer, maxBytes = setup.maxPutBytes, hasChecksum = true }: PayloadOptions = {},
): Promise<Payload> {
  const { payloadHash } = authentication
  const isStreaming = payloadHash.startsWith('STREAMING-')
  const size = declaredSize(request, isStreaming)
  if (size > maxBytes) throw entityTooLarge(size, maxBytes)
  const contentMd5 = readContentMd5(request)
  const claim = hasChecksum ? readChecksumClaim(amzHeadersOf(request), setup.quirks) : undefined
  const isHashed = /^[0-9a-f]{64}$/.test(payloadHash)
  const algorithms: HashAlgorithm[] = ['md5']
  if (claim) algorithms.push(claim.algorithm)
  if (isHashed) algorithms.push('sha256')

  const { chunks, trailers } = isStreaming
    ? readAwsChunked(request.body, chunkSigning(setup, authentication))
    : { chunks: request.body, trailers: new Map<string, string>() }
  const received = await receiveBody(setup, {
    chunks,
    size,
    maxBytes,
    algorithms,
    writer,
  })
  try {
    if (isHashed) requirePayloadHash(received, payloadHash)
    requireAnnounced(trailers, headerOf(request, 'x-amz-trailer'))
    return {
      body: received.body,
      etag: requireContentMd5(received, contentMd5),
      checksum: claim && verifiedChecksum(received, withTrailer(claim, trailers)),
    }
  } catch (error) {
    await received.body.discard()
    throw error
  }
}

/** Hexadecimal MD5 of a received body. */
export function etagOf({ digests }: ReceivedBody): string {
  return toHex(digests.get('md5') ?? new Uint8Array(0))
}

/**
 * Checks an announced checksum of a received body and returns it.
 *
 * @throws TestS3Error `BadDigest`
 */
export function verifiedChecksum(
  { digests }: ReceivedBody,
  { algorithm, value }: ChecksumClaim,
): Checksum {
  const verified = requireChecksum(algorithm, value, digests.get(algorithm))
  return { algorithm, type: 'FULL_OBJECT', value: verified }
}

function declaredSize(request: ParsedRequest, isStreaming: boolean): number {
  const decoded = request.headers.get('x-amz-decoded-content-length')
  const size = isStreaming ? Number(decoded ?? Number.NaN) : request.contentLength
  if (size !== undefined && Number.isSafeInteger(size) && size >= 0) return size
  throw new TestS3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.')
}

function chunkSigning({ hashes }: BodyFacts, { payloadHash, seed }: Authentication) {
  const isUnsigned = payloadHash === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
  return isUnsigned ? undefined : { seed, createSha256: hashes.sha256 }
}

function readContentMd5(request: ParsedRequest): string | undefined {
  const contentMd5 = headerOf(request, 'content-md5')
  if (contentMd5 === undefined || bytesIn(contentMd5) === 16) return contentMd5
  throw new TestS3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
    'Content-MD5': contentMd5,
  })
}

function requireContentMd5(received: ReceivedBody, contentMd5: string | undefined): string {
  const etag = etagOf(received)
  if (contentMd5 === undefined || toHex(fromBase64(contentMd5)) === etag) return etag
  throw new TestS3Error(
    'BadDigest',
    'The Content-MD5 you specified did not match what we received.',
    { ExpectedDigest: contentMd5, CalculatedDigest: etag },
  )
}

function requirePayloadHash({ digests }: ReceivedBody, payloadHash: string): void {
  const computed = toHex(digests.get('sha256') ?? new Uint8Array(0))
  if (computed === payloadHash) return
  throw new TestS3Error(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    { ClientComputedContentSHA256: payloadHash, S3ComputedContentSHA256: computed },
  )
}

/** Refuses a trailing checksum that was not announced: it would not be compared. */
function requireAnnounced(trailers: ReadonlyMap<string, string>, announced: string | undefined) {
  const known = ['x-amz-trailer-signature', announced?.trim().toLowerCase()]
  if ([...trailers.keys()].every((name) => known.includes(name))) return
  throw new TestS3Error(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  )
}

function withTrailer(claim: ChecksumClaim, trailers: ReadonlyMap<string, string>): ChecksumClaim {
  if (claim.value !== undefined) return claim
  const value = trailers.get(checksumHeader(claim.algorithm))
  if (value === undefined) {
    throw new TestS3Error('InvalidRequest', 'The announced trailing checksum header is missing.')
  }
  const complete = { algorithm: claim.algorithm, value }
  requireChecksumForm(complete)
  return complete
}
