import type { FileDescription } from '../../protocol/operations.js'
import { minPartBytes } from '../../s3/limits.js'
import { multipartThresholdBytes } from '../../s3/part-plan.js'
import type { FileToSign } from '../endpoint/signatures.js'
import { descriptionOf } from '../store/file-description.js'
import type { Attempt } from './attempt.js'
import type { EngineServices } from './engine-services.js'

/** A file that can say what it is, as soon as what has to be read of it was read. */
export type FileToDescribe = Pick<FileToSign, 'bytesToHash' | 'describe'>

/** What the server has to know of a file before it signs; reads the file when its checksum is wanted. */
export function describeFile(
  attempt: Attempt,
  { wantsChecksums, confirmations }: EngineServices,
): FileToDescribe {
  const { size } = attempt.record
  const plain = (): FileDescription => {
    // Only while the file is sent may it prove that it needs small parts.
    const wish = attempt.smallParts.areWanted && { inParts: true, partSizeBytes: minPartBytes }
    return { ...descriptionOf(attempt.record), ...wish }
  }
  if (!wantsChecksums()) return { bytesToHash: 0, describe: async () => plain() }
  // Where the server wants parts, each has its own checksum.
  const facts = (): FileDescription => ({ ...plain(), checksumAlgorithm: 'SHA256' })
  const checksums = attempt.checksums()
  if (isPlannedInParts(attempt.record)) {
    if (confirmations.openCount === 1) checksums.hashAhead()
    return { bytesToHash: 0, describe: async () => facts() }
  }
  return {
    bytesToHash: size,
    describe: async () => ({ ...facts(), checksum: await checksums.ofFile() }),
  }
}

/** Whether the server cuts a file of this size, unless its options say otherwise. */
export function isPlannedInParts({ size }: { readonly size: number }): boolean {
  return size >= multipartThresholdBytes
}
