import { objectUrl } from '../../s3/endpoint.js'
import { childText } from '../../s3/xml.js'
import { type ObjectStorage, storageHeaders } from '../objects/storage-headers.js'
import { storageRefusal } from '../storage/storage-errors.js'
import { documentOf, isSuccess, readAnswer, type S3Answer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { send } from './send.js'
import { refusesHeader } from './send-with-optional.js'

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
    if (!isSuccess(answer)) throw storageRefusal(answer, adviceFor(answer, headers))
    const uploadId = childText(documentOf(answer, 'InitiateMultipartUploadResult'), 'UploadId')
    if (uploadId) return uploadId
    throw new Error('s3-direct-upload: S3 created an upload and did not name it.')
  }
  return send({ method: 'POST', url, headers, read, maxAttempts: 1 }, connection)
}

function adviceFor(answer: S3Answer, headers: Readonly<Record<string, string>>): string {
  const hasTags = 'x-amz-tagging' in headers
  if (!refusesHeader(answer, Object.keys(headers))) {
    return hasTags ? 'Grant s3:PutObject and s3:PutObjectTagging.' : 'Grant s3:PutObject.'
  }
  const isChecked = 'x-amz-checksum-algorithm' in headers
  const advice = [
    ...(isChecked ? ['If it has no SHA-256 checksums, set checksums to false.'] : []),
    ...(hasTags ? ["If it has no object tags, leave out unclaimed: 'tag' and storage.tags."] : []),
  ]
  return advice.join(' ') || 'It may not know one of the headers that storage asks for.'
}
