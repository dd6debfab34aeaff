import type { EndpointContext, FileFacts } from './file-facts.js'
import { createMultipartUpload, partQuery, presignObject } from './presign.js'

/** What `@better-upload/client` sends. */
export interface BetterUploadRequest {
  /** `multipart` is a route with that option, `files` one without. */
  readonly route: 'files' | 'multipart'
  readonly files: readonly FileFacts[]
}

/** The part size of `@better-upload/server` where a route names none. */
const partSize = 50 * 1024 * 1024

/** Answers in the terms of `@better-upload/client` 3, as its server does with default options. */
export async function answerBetterUpload(
  { route, files }: BetterUploadRequest,
  context: EndpointContext,
): Promise<unknown> {
  if (route === 'files') {
    return { metadata: {}, files: files.map((file) => signFile(file, context)) }
  }
  const signed = await Promise.all(files.map((file) => signMultipart(file, context)))
  return { metadata: {}, multipart: { partSize, files: signed } }
}

function signFile(file: FileFacts, context: EndpointContext) {
  const described = describe(file)
  const { key } = described.objectInfo
  const headers = { 'content-type': file.type, 'content-length': String(file.size) }
  const signedUrl = presignObject(context, { method: 'PUT', key, headers })
  return { signedUrl, file: described, headers: {} }
}

async function signMultipart(file: FileFacts, context: EndpointContext) {
  const described = describe(file)
  const { key } = described.objectInfo
  const uploadId = await createMultipartUpload(context, { ...context, ...file, key })
  const parts = Array.from({ length: Math.ceil(file.size / partSize) }, (_, index) => {
    const size = Math.min(partSize, file.size - index * partSize)
    const query = partQuery(uploadId, index + 1)
    const headers = { 'content-length': String(size) }
    const signedUrl = presignObject(context, { method: 'PUT', key, query, headers })
    return { signedUrl, partNumber: index + 1, size }
  })
  const query = `uploadId=${encodeURIComponent(uploadId)}`
  return {
    file: described,
    uploadId,
    parts,
    completeSignedUrl: presignObject(context, { method: 'POST', key, query }),
    abortSignedUrl: presignObject(context, { method: 'DELETE', key, query }),
  }
}

function describe({ name, size, type }: FileFacts) {
  return { name, size, type, objectInfo: { key: `${crypto.randomUUID()}-${name}`, metadata: {} } }
}
