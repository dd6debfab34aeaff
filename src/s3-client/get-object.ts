import { objectUrl } from '../s3/endpoint.js'
import { readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { refused } from './s3-failure.js'
import { send } from './send.js'
import { refusesHeader } from './send-with-optional.js'

/** The first bytes of an object as it was when the server looked at it. */
export interface ObjectStart {
  readonly key: string
  /** As S3 writes it; another object under the key is not read. */
  readonly etag: string
  /** At most this many bytes, 1 or more. */
  readonly length: number
}

/**
 * What was read of an object.
 *
 * - `replaced`: another object stands under the key.
 * - `encoded`: `fetch` would decode the object, so that the bytes read would not be those that are stored.
 */
export type ObjectContent =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  | { readonly state: 'replaced' }
  | { readonly state: 'encoded'; readonly encoding: string }

/**
 * Reads the first bytes of an object that is not empty.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export async function sendGetObject(
  { key, etag, length }: ObjectStart,
  connection: S3Connection,
): Promise<ObjectContent> {
  const url = objectUrl(connection.location, key)
  const range = { range: `bytes=0-${length - 1}` }
  const read = async (response: Response) =>
    response.ok ? readContent(response, length) : readAnswer(response)
  const conditional = { ...range, 'if-match': etag }
  const answer = await send({ method: 'GET', url, headers: conditional, read }, connection)
  if ('state' in answer) return answer
  const isUncertain = answer.status === 412 || refusesHeader(answer, ['if-match'])
  if (!isUncertain) throw refused('GetObject', answer)
  // A proxy that weakens ETags finds none that matches, and not every service has the condition.
  const readSame = async (response: Response): Promise<ObjectContent> => {
    if (!response.ok && response.status !== 412) {
      throw refused('GetObject', await readAnswer(response))
    }
    if (response.headers.get('etag')?.replace(/^W\//, '') === etag) {
      return readContent(response, length)
    }
    await response.body?.cancel()
    return { state: 'replaced' }
  }
  return send({ method: 'GET', url, headers: range, read: readSame }, connection)
}

/** What S3 itself or an SDK notes there, and what says nothing. */
const plainEncodings: ReadonlySet<string> = new Set(['', 'identity', 'aws-chunked'])

/** A page can store an object with an encoding, which a signature cannot forbid. */
async function readContent(response: Response, length: number): Promise<ObjectContent> {
  const encoding = response.headers.get('content-encoding') ?? ''
  const isPlain = encoding.split(',').every((one) => plainEncodings.has(one.trim().toLowerCase()))
  if (isPlain) return { state: 'read', bytes: await readBytes(response, length) }
  await response.body?.cancel()
  return { state: 'encoded', encoding }
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
