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
}

/** Reads a response to its end. */
export async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers, ok } = response
  const body = await response.text()
  const code = parseS3Error(body)?.code
  // CompleteMultipartUpload can fail after it has begun to answer with 200.
  return { status, headers, body, isSuccess: ok && code === undefined, code }
}

/** Says in a few words what an answer was, such as `403 AccessDenied`. */
export function outcomeOf({ status, code }: Answer): string {
  return code === undefined ? `HTTP ${status}` : `${status} ${code}`
}

/** Tells whether S3 refused the caller, and not the request. */
export function isDenied({ status, code }: Answer): boolean {
  return code === 'AccessDenied' || (status === 403 && code === undefined)
}

/** Tells whether the server does not know the operation at all. */
export function isUnsupported({ status, code }: Answer): boolean {
  return status === 501 || status === 405 || code === 'NotImplemented'
}

/** Returns the text of an element of an answer's document; `undefined` where there is none. */
export function elementOf(answer: Answer, name: string): string | undefined {
  const root = documentOf(answer)
  return root && childText(root, name)
}

/** Returns the root of an answer's document; `undefined` where it is none. */
export function documentOf({ body }: Answer): XmlElement | undefined {
  try {
    return parseXml(body)
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  }
}
