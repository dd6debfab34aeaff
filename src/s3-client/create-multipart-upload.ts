import { objectUrl } from '../s3/endpoint.js'
import { childText } from '../s3/xml.js'
import { documentOf, isSuccess, readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { refused, unusableAnswer } from './s3-failure.js'
import { send } from './send.js'
import { refusesHeader } from './send-with-optional.js'

/** What the object of a multipart upload will be. */
interface ObjectToCreate {
  readonly key: string
  /** How it is kept and served; names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Begins a multipart upload and returns what S3 calls it. It is sent once, because each try may leave an upload behind.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
 */
export function sendCreateMultipartUpload(
  { key, headers }: ObjectToCreate,
  connection: S3Connection,
): Promise<string> {
  const url = objectUrl(connection.location, key)
  url.search = 'uploads='
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (!isSuccess(answer)) {
      const sentHeaders = Object.keys(headers)
      const doubtfulHeaders = refusesHeader(answer, sentHeaders) ? sentHeaders : []
      throw refused('CreateMultipartUpload', answer, { sentHeaders, doubtfulHeaders })
    }
    const uploadId = childText(documentOf(answer, 'InitiateMultipartUploadResult'), 'UploadId')
    if (uploadId) return uploadId
    throw unusableAnswer('S3 created an upload and did not name it.')
  }
  return send({ method: 'POST', url, headers, read, retries: 0 }, connection)
}
