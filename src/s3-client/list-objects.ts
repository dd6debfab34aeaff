import { bucketUrl } from '../s3/endpoint.js'
import { childrenNamed, childText } from '../s3/xml.js'
import { documentOf, isSuccess, readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { send } from './send.js'

/**
 * Tells whether the bucket lists an object; `false` also where it may not be listed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export async function sendListObjects(key: string, connection: S3Connection): Promise<boolean> {
  const url = bucketUrl(connection.location)
  url.search = new URLSearchParams({ 'list-type': '2', prefix: key, 'max-keys': '1' }).toString()
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (!isSuccess(answer)) return false
    const contents = childrenNamed(documentOf(answer, 'ListBucketResult'), 'Contents')
    return contents.some((object) => childText(object, 'Key') === key)
  }
  return send({ method: 'GET', url, read }, connection)
}
