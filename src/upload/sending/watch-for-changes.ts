import { mebibyte } from '../../s3/byte-units.js'
import type { SentUpload } from '../endpoint/confirmations.js'
import { changedFile, unreadableFile } from '../errors/file-errors.js'
import { sampleAllOf, samplesOf } from '../reading/file-samples.js'
import { assertReadable } from '../reading/readable-file.js'
import { isBoundToBytes, isShort, type SignedSingle } from '../transfer/single-request.js'
import type { Attempt } from './attempt.js'

/** Of a file that goes in one request, a little of each piece of so many bytes is read. */
const pieceBytes = 8 * mebibyte

/**
 * Reads a little of a file before it is sent, to see afterwards whether it has changed meanwhile.
 *
 * Undefined where S3 compares the bytes with a checksum.
 */
export async function watchForChanges(
  signed: SignedSingle,
  { source, follow }: Pick<Attempt, 'source' | 'follow'>,
): Promise<SentUpload['requireUnchanged']> {
  if (isBoundToBytes(signed)) return undefined
  const before = await follow(readSamples(source))
  const compare = async () => {
    // Of an empty file there is nothing to sample.
    await assertReadable(source)
    if ((await readSamples(source)) !== before) throw changedFile()
  }
  return () => follow(compare())
}

async function readSamples(source: Blob): Promise<string> {
  try {
    const { size } = source
    if (isShort(size)) return await sampleAllOf(source)
    return (await samplesOf(source, { size, partSizeBytes: pieceBytes })).join()
  } catch (error) {
    throw unreadableFile(error)
  }
}
