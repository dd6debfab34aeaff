import { hmacSha256, toHex } from '../../../sigv4/crypto.js'
import type { SignatureSeed } from '../authentication/authentication.js'
import { requireSameSignature } from '../authentication/verify-signature.js'
import type { Hash } from '../checksums/hashes.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { DelimitedReader } from './delimited-reader.js'

/** How the chunks of a body are signed. */
interface ChunkSigning {
  readonly seed: SignatureSeed
  readonly createSha256: () => Hash
}

/** The content of an aws-chunked body, and what its end says. */
interface AwsChunkedBody {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Trailing headers, names in lower case; complete once the chunks are read. */
  readonly trailers: ReadonlyMap<string, string>
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const lineBreak = encoder.encode('\r\n')
const maxLineBytes = 4096

/**
 * Takes an aws-chunked body apart, and verifies the signature of each chunk where there is one.
 *
 * @throws TestS3Error `IncompleteBody` when the framing is broken, `SignatureDoesNotMatch` for a bad chunk.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function readAwsChunked(
  source: AsyncIterable<Uint8Array>,
  signing?: ChunkSigning,
): AwsChunkedBody {
  const trailers = new Map<string, string>()
  const reader = new DelimitedReader(source, broken)
  const signatures = signing && new ChunkSignatures(signing)
  return { chunks: readContent(reader, trailers, signatures), trailers }
}

async function* readContent(
  reader: DelimitedReader,
  trailers: Map<string, string>,
  signatures: ChunkSignatures | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  while (true) {
    const { size, signature } = readChunkHeader(await readLine(reader))
    for await (const piece of reader.read(size)) {
      signatures?.update(piece)
      yield piece
    }
    await signatures?.requireChunk(signature)
    if (size === 0) break
    if ((await readLine(reader)) !== '') throw broken('A chunk is longer than its header says.')
  }
  await readTrailers(reader, trailers)
  await signatures?.requireTrailers(trailers)
}

function readChunkHeader(line: string): { size: number; signature: string } {
  const match = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line)
  if (!match) throw broken('A chunk has no header.')
  return { size: Number.parseInt(match[1] ?? '', 16), signature: match[2] ?? '' }
}

async function readTrailers(reader: DelimitedReader, trailers: Map<string, string>): Promise<void> {
  for (let line = await readLine(reader); line !== ''; line = await readLine(reader)) {
    const colon = line.indexOf(':')
    if (colon < 0) throw broken('A trailing header has no value.')
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
}

async function readLine(reader: DelimitedReader): Promise<string> {
  return decoder.decode(await reader.takeUntil(lineBreak, maxLineBytes))
}

/** The chain of signatures: each chunk's covers the one before. */
class ChunkSignatures {
  readonly #signing: ChunkSigning
  #hash: Hash
  #previous: string

  constructor(signing: ChunkSigning) {
    this.#signing = signing
    this.#hash = signing.createSha256()
    this.#previous = signing.seed.signature
  }

  update(piece: Uint8Array): void {
    this.#hash.update(piece)
  }

  requireChunk(signature: string): void {
    const empty = this.#signing.createSha256().digest()
    this.#require(signature, 'AWS4-HMAC-SHA256-PAYLOAD', [toHex(empty), toHex(this.#hash.digest())])
    this.#hash = this.#signing.createSha256()
  }

  requireTrailers(trailers: ReadonlyMap<string, string>): void {
    const signature = trailers.get('x-amz-trailer-signature')
    if (signature === undefined && trailers.size === 0) return
    let text = ''
    for (const [name, value] of trailers) {
      if (name !== 'x-amz-trailer-signature') text += `${name}:${value}\n`
    }
    this.#hash.update(encoder.encode(text))
    this.#require(signature ?? '', 'AWS4-HMAC-SHA256-TRAILER', [toHex(this.#hash.digest())])
  }

  #require(signature: string, algorithm: string, hashes: readonly string[]): void {
    const { time, scope, signingKey } = this.#signing.seed
    const text = [algorithm, time, scope, this.#previous, ...hashes].join('\n')
    requireSameSignature(toHex(hmacSha256(signingKey, text)), signature, {
      StringToSign: text,
    })
    this.#previous = signature
  }
}

function broken(message: string): TestS3Error {
  return new TestS3Error('IncompleteBody', `The request body is not well-formed. ${message}`)
}
