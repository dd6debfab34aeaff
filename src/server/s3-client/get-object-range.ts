import { objectUrl } from '../../s3/endpoint.js'
import { parseS3Error } from '../../s3/s3-error.js'
import type { S3Connection } from './s3-connection.js'
import { send } from './send.js'
import { objectRefusal, objectReplaced } from './storage-failure.js'

/** The beginning of an object as it was when somebody looked at it. */
export interface ObjectBeginning {
  readonly key: string
  /** As S3 writes it; another object under the key is not read. */
  readonly etag: string
  /** At most so many bytes, 1 or more. */
  readonly length: number
}

/**
 * Reads the first bytes of an object that is not empty.
 *
 * @throws SigningError `storage-error` when another object stands there meanwhile, or what S3 says.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function getObjectBeginning(
  { key, etag, length }: ObjectBeginning,
  connection: S3Connection,
): Promise<Uint8Array> {
  const headers = { range: `bytes=0-${length - 1}`, 'if-match': etag }
  const read = async (response: Response) => {
    if (response.ok) return readBytes(response, length)
    const { status } = response
    const error = parseS3Error(await response.text())
    if (status !== 412) throw objectRefusal({ status, error })
    throw objectReplaced()
  }
  return send(
    { method: 'GET', url: objectUrl(connection.location, key), headers, read },
    connection,
  )
}

/** Stops where it has enough: not every server heeds a range. */
async function readBytes(response: Response, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  const reader = response.body?.getReader()
  while (reader && filled < length) {
    const { done, value } = await reader.read()
    if (done) break
    const taken = value.subarray(0, length - filled)
    bytes.set(taken, filled)
    filled += taken.length
  }
  await reader?.cancel()
  return bytes.subarray(0, filled)
}
