import type { HashAlgorithm, Hashes } from '../checksums/hashes.js'
import type { BodyWriter, TestS3Storage, UnpublishedBody } from '../model/storage.js'
import { incompleteBody, TestS3Error } from '../model/test-s3-error.js'

/** Where bodies go, and how they are hashed. */
export interface BodyFacts {
  readonly storage: TestS3Storage
  readonly hashes: Hashes
}

/** What to expect of a body. */
interface BodyExpectation {
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
  { storage, hashes }: BodyFacts,
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
