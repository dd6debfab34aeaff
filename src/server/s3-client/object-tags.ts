import { objectUrl } from '../../s3/endpoint.js'
import { type ObjectTags, parseTagging, writeTagging } from '../../s3/object-tagging.js'
import { sha256, toBase64 } from '../../sigv4/crypto.js'
import { isSuccess, readAnswer, type S3Answer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { send } from './send.js'
import { storageRefusal } from './storage-failure.js'

/**
 * Reads the tags of an object; `undefined` when none stands under the key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html
 */
export async function getObjectTags(
  key: string,
  connection: S3Connection,
): Promise<ObjectTags | undefined> {
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (isObjectGone(answer)) return undefined
    if (!isSuccess(answer)) throw storageRefusal(answer, 'Grant s3:GetObjectTagging.')
    return parseTagging(answer.body)
  }
  return send({ method: 'GET', url: taggingUrl(key, connection), read }, connection)
}

/**
 * Gives an object these tags and no others; `false` when none stands under the key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html
 */
export async function setObjectTags(
  { key, tags }: { readonly key: string; readonly tags: ObjectTags },
  connection: S3Connection,
): Promise<boolean> {
  const isEmpty = Object.keys(tags).length === 0
  const request = isEmpty ? ({ method: 'DELETE' } as const) : putRequest(writeTagging(tags))
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (isObjectGone(answer)) return false
    if (isSuccess(answer)) return true
    throw storageRefusal(answer, 'Grant s3:PutObjectTagging and s3:DeleteObjectTagging.')
  }
  return send({ ...request, url: taggingUrl(key, connection), read }, connection)
}

function putRequest(body: string) {
  const headers = {
    'content-type': 'application/xml',
    // S3 wants a checksum with every document that changes something.
    'x-amz-sdk-checksum-algorithm': 'SHA256',
    'x-amz-checksum-sha256': toBase64(sha256(body)),
  }
  return { method: 'PUT', headers, body } as const
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
