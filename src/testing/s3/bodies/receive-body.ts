import type { HashAlgorithm } from '../checksums/hashes.js'
import type { BodyWriter, UnpublishedBody } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { TestS3Setup } from '../operations/operation-call.js'

/** What to expect of a body. */
export interface BodyExpectation {
  readonly chunks: AsyncIterable<Uint8Array>
  /** The declared size, where there is one. */
  readonly size?: number
  readonly maxBytes: number
  readonly algorithms: Iterable<HashAlgorithm>
  /** Where the bytes go. @default the storage */
  readonly writer?: BodyWriter
}

/** A body in the storage, unseen, with its hashes. */
export interface ReceivedBody {
  readonly body: UnpublishedBody
  readonly digests: ReadonlyMap<HashAlgorithm, Uint8Array>
}

/**
 * Takes a body into the storage and hashes it on the way; what is refused leaves nothing behind.
 *
 * @throws TestS3Error `EntityTooLarge` at the first byte too many, `IncompleteBody` when the size is another.
 */
export async function receiveBody(
  { storage, hashes }: TestS3Setup,
  { chunks, size, maxBytes, algorithms, ...expectation }: BodyExpectation,
): Promise<ReceivedBody> {
  const running = [...new Set(algorithms)].map((name) => ({ name, hash: hashes[name]() }))
  const writer = expectation.writer ?? (await storage.writeBody())
  let received = 0
  try {
    for await (const chunk of chunks) {
      received += chunk.byteLength
      if (received > maxBytes) throw entityTooLarge(received, maxBytes)
      const written = writer.write(chunk)
      // Hashed while the disk is at work.
      for (const { hash } of running) hash.update(chunk)
      await written
    }
    if (size !== undefined && received !== size) throw incompleteBody()
  } catch (error) {
    await writer.discard()
    throw error
  }
  const digests = new Map(running.map(({ name, hash }) => [name, hash.digest()]))
  return { body: await writer.finish(), digests }
}

/** The refusal of a body that is larger than allowed. */
export function entityTooLarge(proposed: number, maxBytes: number): TestS3Error {
  return new TestS3Error(
    'EntityTooLarge',
    'Your proposed upload exceeds the maximum allowed size',
    { ProposedSize: proposed, MaxSizeAllowed: maxBytes },
  )
}

/** The refusal of a body that breaks off. */
export function incompleteBody(cause?: unknown): TestS3Error {
  const error = new TestS3Error(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  )
  if (cause !== undefined) error.cause = cause
  return error
}
