import { objectUrl } from '../../s3/endpoint.js'
import { storageRefusal } from '../storage-failure.js'
import { isSuccess, readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { send } from './send.js'

/**
 * Deletes the object under a key, if there is one; where the bucket keeps versions, S3 only hides it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 */
export async function deleteObject(key: string, connection: S3Connection): Promise<void> {
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (isSuccess(answer) || answer.status === 404) return
    throw storageRefusal(answer, 'Grant s3:DeleteObject.')
  }
  await send({ method: 'DELETE', url: objectUrl(connection.location, key), read }, connection)
}
