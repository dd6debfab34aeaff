import { objectUrl } from '../../s3/endpoint.js'
import { childText } from '../../s3/xml.js'
import { hasTags, type ObjectStorage, storageHeaders } from '../objects/storage-headers.js'
import { documentOf, isSuccess, readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { send } from './send.js'
import { storageRefusal } from './storage-failure.js'

/** What an upload's object will be. */
export interface ObjectToAssemble {
  readonly key: string
  readonly contentType: string
  readonly storage: ObjectStorage
  /** Binds every part, and the completion, to checksums of this kind. */
  readonly checksumAlgorithm: 'SHA256' | undefined
}

/**
 * Begins an upload and returns what S3 calls it; tried once, because each try may leave an upload behind.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
 */
export function createMultipartUpload(
  { key, contentType, storage, checksumAlgorithm }: ObjectToAssemble,
  connection: S3Connection,
): Promise<string> {
  const url = objectUrl(connection.location, key)
  url.search = 'uploads='
  const headers = {
    'content-type': contentType,
    ...storageHeaders(storage),
    ...(checksumAlgorithm && { 'x-amz-checksum-algorithm': checksumAlgorithm }),
  }
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (!isSuccess(answer)) throw storageRefusal(answer, adviceFor(storage))
    const uploadId = childText(documentOf(answer, 'InitiateMultipartUploadResult'), 'UploadId')
    if (uploadId) return uploadId
    throw new Error('s3-direct-upload: S3 created an upload and did not name it.')
  }
  return send({ method: 'POST', url, headers, read, maxAttempts: 1 }, connection)
}

function adviceFor(storage: ObjectStorage): string {
  return hasTags(storage) ? 'Grant s3:PutObject and s3:PutObjectTagging.' : 'Grant s3:PutObject.'
}
