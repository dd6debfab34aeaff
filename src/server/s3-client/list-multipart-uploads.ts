import { bucketUrl } from '../../s3/endpoint.js'
import { childrenNamed, childText, type XmlElement } from '../../s3/xml.js'
import { storageRefusal } from '../storage/storage-errors.js'
import { type Page, readPages } from './pages.js'
import { documentOf, isSuccess, readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { send } from './send.js'

/** An upload that was begun and neither completed nor aborted. */
export interface OpenUpload {
  readonly key: string
  readonly s3UploadId: string
  /** ISO 8601, as S3 writes it. */
  readonly initiated: string
}

interface Marker {
  readonly key: string
  readonly s3UploadId: string
}

/** Lists the open uploads of one key. */
export async function listMultipartUploads(
  key: string,
  connection: S3Connection,
): Promise<readonly OpenUpload[]> {
  const uploads = await listUploadsBelow(key, connection)
  return uploads.filter((upload) => upload.key === key)
}

/**
 * Lists the open uploads of every key with a prefix.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
 */
export async function listUploadsBelow(
  prefix: string,
  connection: S3Connection,
): Promise<readonly OpenUpload[]> {
  const uploads = await readPages<OpenUpload, Marker>({
    readPage: (marker) => listPage(prefix, marker, connection),
    isBehind: (next, marker) => next.key !== marker.key || next.s3UploadId !== marker.s3UploadId,
  })
  return uploads ?? []
}

function listPage(
  prefix: string,
  marker: Marker | undefined,
  connection: S3Connection,
): Promise<Page<OpenUpload, Marker>> {
  const url = bucketUrl(connection.location)
  const after = marker && { 'key-marker': marker.key, 'upload-id-marker': marker.s3UploadId }
  url.search = new URLSearchParams({ uploads: '', prefix, ...after }).toString()
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (!isSuccess(answer)) throw storageRefusal(answer, 'Grant s3:ListBucketMultipartUploads.')
    return readPage(documentOf(answer, 'ListMultipartUploadsResult'))
  }
  return send({ method: 'GET', url, read }, connection)
}

function readPage(result: XmlElement): Page<OpenUpload, Marker> {
  const items = childrenNamed(result, 'Upload').map((upload) => ({
    key: childText(upload, 'Key') ?? '',
    s3UploadId: childText(upload, 'UploadId') ?? '',
    initiated: childText(upload, 'Initiated') ?? '',
  }))
  const isTruncated = childText(result, 'IsTruncated')?.trim() === 'true'
  const key = childText(result, 'NextKeyMarker')
  const s3UploadId = childText(result, 'NextUploadIdMarker') ?? ''
  return { items, next: isTruncated && key ? { key, s3UploadId } : undefined }
}
