import { type MultipartTarget, multipartUrl } from './multipart-target.js'
import { isSuccess, isUploadGone, readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { refused } from './s3-failure.js'
import { send } from './send.js'

/**
 * Asks S3 to drop an upload and its parts; one that is not there any more is as good.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
 */
export async function sendAbortMultipartUpload(
  target: MultipartTarget,
  connection: S3Connection,
): Promise<void> {
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (isSuccess(answer) || isUploadGone(answer)) return
    throw refused('AbortMultipartUpload', answer)
  }
  await send({ method: 'DELETE', url: multipartUrl(target, connection), read }, connection)
}
