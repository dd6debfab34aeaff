import type { FileDescription } from '../../protocol/operations.js'
import { minPartBytes } from '../../s3/limits.js'
import { multipartThresholdBytes } from '../../s3/part-plan.js'
import type { FileToSign } from '../endpoint/signatures.js'
import { descriptionOf } from '../store/file-description.js'
import type { Attempt } from './attempt.js'
import type { EngineServices } from './engine-services.js'

/** A file that can say what it is, as soon as what has to be read of it was read. */
export type FileToDescribe = Pick<FileToSign, 'bytesToHash' | 'goesFirst' | 'describe'>

/** What the server has to know of a file before it signs; reads the file when its checksum is wanted. */
export function describeFile(
  attempt: Attempt,
  { wantsChecksums, confirmations }: EngineServices,
): FileToDescribe {
  const { size } = attempt.record
  // The server cuts a file of this size, unless its options say otherwise. It goes first, though it asks late, being read
  // before: its parts use the line while small files wait for round trips.
  const isInParts = size >= multipartThresholdBytes
  const plain = (): FileDescription => {
    // Only while the file is sent may it prove that it needs small parts.
    const wish = attempt.smallParts.areWanted && { inParts: true, partSizeBytes: minPartBytes }
    return { ...descriptionOf(attempt.record), ...wish }
  }
  if (!wantsChecksums())
    return { bytesToHash: 0, goesFirst: isInParts, describe: async () => plain() }
  // Where the server wants parts, each has its own checksum.
  const facts = (): FileDescription => ({ ...plain(), checksumAlgorithm: 'SHA256' })
  const checksums = attempt.checksums()
  if (isInParts) {
    if (confirmations.openCount === 1) checksums.hashAhead()
    return { bytesToHash: 0, goesFirst: isInParts, describe: async () => facts() }
  }
  return {
    bytesToHash: size,
    goesFirst: isInParts,
    describe: async () => ({ ...facts(), checksum: await checksums.ofFile() }),
  }
}
