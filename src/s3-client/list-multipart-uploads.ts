import { bucketUrl } from '../s3/endpoint.js'
import { childrenNamed, childText, type XmlElement } from '../s3/xml.js'
import { type ListingPage, readPages } from './read-pages.js'
import { documentOf, isSuccess, readAnswer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { refused } from './s3-failure.js'
import { send } from './send.js'

/** A multipart upload that is neither completed nor aborted. */
export interface ListedMultipart {
  readonly key: string
  readonly s3UploadId: string
  /** ISO 8601, as S3 writes it. */
  readonly initiated: string
}

interface Marker {
  readonly key: string
  readonly s3UploadId: string
}

/**
 * Lists the open multipart uploads of every key that begins like this.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
 */
export async function sendListMultipartUploads(
  prefix: string,
  connection: S3Connection,
): Promise<readonly ListedMultipart[]> {
  const uploads = await readPages<ListedMultipart, Marker>({
    readPage: (marker) => listPage(prefix, marker, connection),
    isBehind: (next, marker) => next.key !== marker.key || next.s3UploadId !== marker.s3UploadId,
  })
  return uploads ?? []
}

function listPage(
  prefix: string,
  marker: Marker | undefined,
  connection: S3Connection,
): Promise<ListingPage<ListedMultipart, Marker>> {
  const url = bucketUrl(connection.location)
  const after = marker && { 'key-marker': marker.key, 'upload-id-marker': marker.s3UploadId }
  url.search = new URLSearchParams({ uploads: '', prefix, ...after }).toString()
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    if (!isSuccess(answer)) throw refused('ListMultipartUploads', answer)
    return readPage(documentOf(answer, 'ListMultipartUploadsResult'))
  }
  return send({ method: 'GET', url, read }, connection)
}

function readPage(result: XmlElement): ListingPage<ListedMultipart, Marker> {
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
