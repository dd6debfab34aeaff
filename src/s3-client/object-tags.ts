import { objectUrl } from '../s3/endpoint.js'
import { type ObjectTags, readTagSet, writeTagging } from '../s3/object-tagging.js'
import { sha256, toBase64 } from '../sigv4/crypto.js'
import { documentOf, isSuccess, readAnswer, type S3Answer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { refused } from './s3-failure.js'
import { send } from './send.js'
import { sendWithOptional } from './send-with-optional.js'

/**
 * Reads the tags of an object; `undefined` when none stands under the key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html
 */
export async function sendGetObjectTagging(
  key: string,
  connection: S3Connection,
): Promise<ObjectTags | undefined> {
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (isObjectGone(answer)) return undefined
    if (!isSuccess(answer)) throw refused('GetObjectTagging', answer)
    return Object.fromEntries(readTagSet(documentOf(answer, 'Tagging')))
  }
  return send({ method: 'GET', url: taggingUrl(key, connection), read }, connection)
}

/**
 * Gives an object these tags and no others; `false` when none stands under the key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html
 */
export async function sendPutObjectTagging(
  { key, tags }: { readonly key: string; readonly tags: ObjectTags },
  connection: S3Connection,
): Promise<boolean> {
  const url = taggingUrl(key, connection)
  const isEmpty = Object.keys(tags).length === 0
  const answer = await (isEmpty
    ? send({ method: 'DELETE', url, read: readAnswer }, connection)
    : putTags(url, writeTagging(tags), connection))
  if (isObjectGone(answer)) return false
  if (isSuccess(answer)) return true
  throw refused('PutObjectTagging', answer)
}

function putTags(url: URL, body: string, connection: S3Connection): Promise<S3Answer> {
  const headers = { 'content-type': 'application/xml' }
  const request = { method: 'PUT', url, headers, body } as const
  // S3 wants a checksum with every document that changes something; others do not know it.
  const optional = {
    'x-amz-sdk-checksum-algorithm': 'SHA256',
    'x-amz-checksum-sha256': toBase64(sha256(body)),
  }
  return sendWithOptional({ request, optional }, connection)
}

function taggingUrl(key: string, { location }: S3Connection): URL {
  const url = objectUrl(location, key)
  url.search = 'tagging='
  return url
}

/** In a bucket with versions, a key whose object was deleted answers MethodNotAllowed. */
function isObjectGone({ status, error }: S3Answer): boolean {
  return (status === 404 && error?.code === 'NoSuchKey') || error?.code === 'MethodNotAllowed'
}
