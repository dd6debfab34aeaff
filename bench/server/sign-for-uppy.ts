import { signPostPolicy } from '../../src/sigv4/post-policy.js'
import { bucket } from './bucket.js'
import type { EndpointContext } from './file-facts.js'
import { partQuery, presignObject } from './presign.js'

/** What `signRequest` of `@uppy/aws-s3` is called with. */
export interface UppyRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly key: string
  readonly contentType?: string
  readonly uploadId?: string
  readonly partNumber?: number
}

/** What it may return. */
export interface UppySignature {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly fields?: Readonly<Record<string, string>>
}

/** Presigns whatever `@uppy/aws-s3` wants to send. */
export function signForUppy(request: UppyRequest, context: EndpointContext): UppySignature {
  const { method, key, contentType } = request
  const headers: Record<string, string> = contentType ? { 'content-type': contentType } : {}
  const url = presignObject(context, { method, key, query: queryOf(request), headers })
  return { url, headers }
}

/** The same, but a file that goes in one request gets the fields of a form. */
export function signPostForUppy(request: UppyRequest, context: EndpointContext): UppySignature {
  const { method, key, contentType, uploadId } = request
  if (method !== 'PUT' || uploadId !== undefined) return signForUppy(request, context)
  const fields = signPostPolicy(
    {
      bucket: bucket.name,
      key,
      fields: { 'Content-Type': contentType ?? 'application/octet-stream' },
      contentLengthRange: [0, 5 * 1024 ** 3],
      expiresInSeconds: 3600,
    },
    { credentials: bucket.credentials, region: bucket.region },
  )
  return { url: `${context.s3Url}/${bucket.name}`, fields }
}

function queryOf({ method, uploadId, partNumber }: UppyRequest): string {
  if (uploadId === undefined) return method === 'POST' ? 'uploads=' : ''
  if (partNumber !== undefined) return partQuery(uploadId, partNumber)
  return `uploadId=${encodeURIComponent(uploadId)}`
}
