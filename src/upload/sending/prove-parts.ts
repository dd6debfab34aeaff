import type { FileChecksums } from '../checksum/file-checksums.js'
import type { MultipartState } from '../multipart/multipart-state.js'

/** What it takes to prove that parts in the bucket are parts of the file. */
interface PartsToProve {
  readonly upload: MultipartState
  readonly source: Blob
  readonly checksums: FileChecksums
  readonly signal: AbortSignal
  /** Follows what reads the file. */
  readonly follow: (reading: Promise<string>) => Promise<string>
  /** Hears of each part that is one of the file. */
  readonly onProven: () => void
}

/** Reads the parts of the file whose checksums S3 has listed, one after the other beside what is sent; what differs is missing then. */
export async function proveParts({
  upload,
  source,
  checksums,
  signal,
  follow,
  onProven,
}: PartsToProve): Promise<void> {
  const { evidence } = upload
  for (const [partNumber, listed] of [...upload.unproven]) {
    signal.throwIfAborted()
    const range = upload.rangeOf(partNumber)
    await evidence.sample(partNumber, source, follow)
    const checksum = await checksums.ofPart(range)
    // Another attempt may have asked S3 anew meanwhile.
    signal.throwIfAborted()
    evidence.noteChecksum(partNumber, checksum)
    upload.noteProof(partNumber, checksum === listed)
    onProven()
  }
}
