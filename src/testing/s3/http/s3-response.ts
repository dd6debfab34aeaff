import { writeXml, type XmlContent } from '../../../s3/xml-writer.js'
import type { TestS3Error } from '../model/test-s3-error.js'
import type { ParsedRequest } from './parsed-request.js'

/** Header names and values; those without a value are left out. */
export type HeaderValues = Readonly<Record<string, string | number | undefined>>

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'
const encoder = new TextEncoder()

/** Answers with one of S3's documents. */
export function xmlResponse(
  name: string,
  content: XmlContent,
  { status = 200, headers = {} }: { status?: number; headers?: HeaderValues } = {},
): Response {
  return bodyResponse(status, writeXml(name, content, namespace), headers)
}

/** Answers without a body. */
export function emptyResponse(status: number, headers: HeaderValues = {}): Response {
  const mayHaveLength = status !== 204 && status !== 304
  const length = mayHaveLength ? { 'content-length': 0 } : {}
  return new Response(null, { status, headers: headersFrom({ ...length, ...headers }) })
}

/**
 * Answers with S3's error document.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function s3ErrorResponse(
  error: TestS3Error,
  request: Pick<ParsedRequest, 'method' | 'rawPath'> | undefined,
  requestId: string,
): Response {
  // Neither may have a body.
  if (error.status === 304 || request?.method === 'HEAD') {
    return emptyResponse(error.status, { etag: error.details.ETag, ...error.headers })
  }
  const document = writeXml('Error', {
    Code: error.code,
    Message: error.message,
    ...error.details,
    Resource: request?.rawPath,
    RequestId: requestId,
    HostId: requestId,
  })
  return bodyResponse(error.status, document, error.headers)
}

/** Makes headers; a value beyond ASCII is encoded as S3 does it, by RFC 2047. */
export function headersFrom(values: HeaderValues): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) headers.set(name, headerText(String(value)))
  }
  return headers
}

function bodyResponse(status: number, body: string, headers: HeaderValues): Response {
  const bytes = encoder.encode(body)
  return new Response(bytes, {
    status,
    headers: headersFrom({
      'content-type': 'application/xml',
      'content-length': bytes.length,
      ...headers,
    }),
  })
}

function headerText(value: string): string {
  if (/^[\x20-\x7e\t]*$/.test(value)) return value
  const binary = String.fromCharCode(...encoder.encode(value))
  return `=?UTF-8?B?${btoa(binary)}?=`
}
