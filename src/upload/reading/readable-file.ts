import { unreadableFile } from '../errors/file-errors.js'
import { FileError } from '../errors/upload-error.js'
import type { UploadRecord } from '../store/upload-record.js'
import { readEnds } from './file-samples.js'

/**
 * The content of a file.
 *
 * @throws FileError when it is not here, or has another size than when it was added.
 */
export function sourceOf({ source, size }: UploadRecord): Blob {
  if (!source) {
    throw new FileError(
      'The file’s content is no longer here after the reload. Choose the file again.',
      { code: 'file-missing' },
    )
  }
  if (source.size !== size) throw unreadableFile()
  return source
}

/**
 * Reads both ends: most browsers refuse that when the file has changed since it was chosen, others when it is shorter.
 *
 * @throws FileError when it cannot be read.
 */
export async function assertReadable(source: Blob, cause?: unknown): Promise<void> {
  try {
    await readEnds(source)
  } catch {
    throw unreadableFile(cause)
  }
}
