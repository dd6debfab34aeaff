import { classifyRefusal } from '../../s3/error-codes.js'
import { parseS3Error } from '../../s3/s3-error.js'
import { changedFile } from '../errors/file-errors.js'
import { hasGrown } from '../reading/file-samples.js'
import { assertReadable } from '../reading/readable-file.js'
import type { TransportResponse } from './http-transport.js'

/**
 * Tells a file that has grown or shrunk from one that the storage does not want: some browsers look at the disk only
 * when they send.
 *
 * @throws FileError when S3 was to take exactly the file’s own size and got another, or the file has another by now.
 */
export async function requireSameSize(
  { status, body }: TransportResponse,
  source: Blob,
): Promise<void> {
  const { cause } = classifyRefusal({ status, error: parseS3Error(body) })
  if (cause !== 'file-too-large' && cause !== 'file-too-small') return
  const [, limit] = /<(?:MaxSizeAllowed|MinSizeAllowed)>(\d+)</.exec(body) ?? []
  if (limit !== undefined && Number(limit) === source.size) throw changedFile()
  await assertReadable(source)
  // What cannot be read now could a moment ago: that says nothing of its size.
  if (await hasGrown(source).catch(() => false)) throw changedFile()
}
