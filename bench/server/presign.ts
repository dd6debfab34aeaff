import { presignUrl } from '../../src/sigv4/presign-url.js'
import { signRequest } from '../../src/sigv4/sign-request.js'
import { type BucketAddress, bucket, objectUrl } from './bucket.js'

/** One request to an object that the browser will send. */
export interface ObjectRequest {
  readonly method: string
  readonly key: string
  /** Such as `partNumber=1&uploadId=…`. */
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Signs a request of the browser. */
export function presignObject(
  address: BucketAddress,
  { method, key, query, headers = {} }: ObjectRequest,
): string {
  return presignUrl(
    { method, url: objectUrl(address, key, query), headers, expiresInSeconds: 3600 },
    { credentials: bucket.credentials, region: bucket.region },
  )
}

/** The query that names a part. */
export function partQuery(uploadId: string, partNumber: number): string {
  return `partNumber=${partNumber}&uploadId=${encodeURIComponent(uploadId)}`
}

/** Creates a multipart upload from the server, and returns its id. */
export async function createMultipartUpload(
  address: BucketAddress,
  { key, type, fetch }: { key: string; type: string; fetch: (r: Request) => Promise<Response> },
): Promise<string> {
  const url = objectUrl(address, key, 'uploads=')
  const headers = signRequest(
    { method: 'POST', url, headers: { 'content-type': type || 'application/octet-stream' } },
    { credentials: bucket.credentials, region: bucket.region },
  )
  const response = await fetch(new Request(url, { method: 'POST', headers }))
  const uploadId = /<UploadId>([^<]+)</.exec(await response.text())?.[1]
  if (!uploadId) throw new Error(`No multipart upload was created: status ${response.status}.`)
  return uploadId
}
