import { objectUrl } from '../s3/endpoint.js'
import { isSuccess, readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { refused } from './s3-failure.js'
import { send } from './send.js'

/** Which object to delete. */
export interface ObjectToDelete {
  readonly key: string
  /** As S3 writes it; another object under the key is not deleted. Only for services that have the condition. */
  readonly etag?: string
}

/**
 * Deletes the object under a key, if there is one; where the bucket keeps versions, S3 only hides it. `false` says that
 * another stands there than was meant.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 */
export async function sendDeleteObject(
  { key, etag }: ObjectToDelete,
  connection: S3Connection,
): Promise<boolean> {
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (isSuccess(answer) || answer.status === 404) return true
    if (etag !== undefined && answer.status === 412) return false
    throw refused('DeleteObject', answer)
  }
  const url = objectUrl(connection.location, key)
  const headers = etag === undefined ? undefined : { 'if-match': etag }
  return send({ method: 'DELETE', url, headers, read }, connection)
}
