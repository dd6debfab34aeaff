import { objectUrl } from '../../s3/endpoint.js'
import { SigningError } from '../errors/signing-error.js'
import { objectRefusal, objectReplaced } from '../storage/storage-errors.js'
import { readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { send } from './send.js'
import { refusesHeader } from './send-with-optional.js'

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
 * @throws SigningError `storage-error` when another object stands there meanwhile, `type-mismatch` when it was stored with
 *   an encoding, or what S3 says.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export async function getObjectBeginning(
  { key, etag, length }: ObjectBeginning,
  connection: S3Connection,
): Promise<Uint8Array> {
  const url = objectUrl(connection.location, key)
  const range = { range: `bytes=0-${length - 1}` }
  const read = async (response: Response) =>
    response.ok ? readBytes(response, length) : readAnswer(response)
  const conditional = { ...range, 'if-match': etag }
  const answer = await send({ method: 'GET', url, headers: conditional, read }, connection)
  if (answer instanceof Uint8Array) return answer
  const isUncertain = answer.status === 412 || refusesHeader(answer, ['if-match'])
  if (!isUncertain) throw objectRefusal(answer)
  // A proxy that weakens ETags finds none that matches, and not every service has the condition.
  const readSame = async (response: Response) => {
    if (!response.ok && response.status !== 412) throw objectRefusal(await readAnswer(response))
    if (response.headers.get('etag')?.replace(/^W\//, '') === etag)
      return readBytes(response, length)
    await response.body?.cancel()
    throw objectReplaced()
  }
  return send({ method: 'GET', url, headers: range, read: readSame }, connection)
}

/** Stops where it has enough: not every server heeds a range. */
async function readBytes(response: Response, length: number): Promise<Uint8Array> {
  await requirePlain(response)
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

/** What S3 itself or an SDK notes there, and what says nothing. */
const plainEncodings: ReadonlySet<string> = new Set(['', 'identity', 'aws-chunked'])

/**
 * Refuses an object that a page has stored with an encoding, which a signature cannot forbid: `fetch` would decode it, and
 * the bytes that are checked would not be those that are stored.
 */
async function requirePlain({ headers, body }: Response): Promise<void> {
  const encoding = headers.get('content-encoding') ?? ''
  if (encoding.split(',').every((one) => plainEncodings.has(one.trim().toLowerCase()))) return
  await body?.cancel()
  const message = 'The file is stored with a content encoding. Send it as it is.'
  const cause = new Error(
    `s3-direct-upload: S3 serves the object with the content encoding "${encoding}", so its own bytes cannot be checked. ` +
      'A page has added it, or a proxy between the server and the storage compresses.',
  )
  throw new SigningError('type-mismatch', message, { cause })
}
