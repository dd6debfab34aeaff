import { objectUrl } from '../s3/endpoint.js'
import type { S3Connection } from './s3-connection.js'

/** A multipart upload that has been created. */
export interface MultipartTarget {
  readonly key: string
  /** What S3 calls the upload. */
  readonly s3UploadId: string
}

/** The address of an upload, with further parameters. */
export function multipartUrl(
  { key, s3UploadId }: MultipartTarget,
  { location }: Pick<S3Connection, 'location'>,
  parameters: Readonly<Record<string, string>> = {},
): URL {
  const url = objectUrl(location, key)
  url.search = new URLSearchParams({ ...parameters, uploadId: s3UploadId }).toString()
  return url
}
