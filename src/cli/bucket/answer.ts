import { parseS3Error } from '../../s3/s3-error.js'
import { childText, parseXml, type XmlElement, XmlError } from '../../s3/xml.js'

/** An answer of S3, read to its end; a refusal is an answer too. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  readonly isSuccess: boolean
  /** Of an error document, such as `NoSuchBucket`. */
  readonly code: string | undefined
  /** A refusal that no S3 wrote: a page, a redirect to another place, the wish of a proxy to sign in. */
  readonly isForeign: boolean
}

/** Reads a response to its end. */
export async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers, ok } = response
  const body = await response.text()
  const code = parseS3Error(body)?.code
  // CompleteMultipartUpload can fail after it has begun to answer with 200.
  const isSuccess = ok && code === undefined
  const isForeign = !ok && code === undefined && (isNoDocument(body) || leadsAway(status, headers))
  return { status, headers, body, isSuccess, code, isForeign }
}

/** Says in a few words what an answer was, such as `403 AccessDenied`. */
export function describeAnswer({ status, code }: Answer): string {
  return code === undefined ? `HTTP ${status}` : `${status} ${code}`
}

/** Tells whether S3 refused the caller, and not the request. */
export function isDenied({ status, code, isForeign }: Answer): boolean {
  return code === 'AccessDenied' || (status === 403 && code === undefined && !isForeign)
}

/** Tells whether the server does not know the operation at all. */
export function isUnsupported({ status, code, isForeign }: Answer): boolean {
  return (!isForeign && (status === 501 || status === 405)) || code === 'NotImplemented'
}

/** Returns the text of an element of an answer's document; `undefined` where there is none. */
export function elementOf(answer: Answer, name: string): string | undefined {
  const root = documentOf(answer)
  return root && childText(root, name)
}

/** Returns the root of an answer's document; `undefined` where it is none. */
export function documentOf({ body }: Pick<Answer, 'body'>): XmlElement | undefined {
  try {
    return parseXml(body)
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  }
}

/** A page of HTML can be well-formed; what S3 writes is XML, or nothing where it answers HEAD. */
function isNoDocument(body: string): boolean {
  if (body.trim() === '') return false
  const root = documentOf({ body })
  return root === undefined || root.name.toLowerCase() === 'html'
}

/** S3 redirects to another region with a document, or names the region where there is no body. */
function leadsAway(status: number, headers: Headers): boolean {
  if (status === 407) return true
  return headers.has('location') && !headers.has('x-amz-bucket-region')
}
