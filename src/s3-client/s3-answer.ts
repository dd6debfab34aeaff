import { classifyRefusal } from '../s3/error-codes.js'
import { isAboutRegion, namedRegion } from '../s3/named-region.js'
import { parseS3Error } from '../s3/s3-error.js'
import { parseXml, type XmlElement } from '../s3/xml.js'
import { XmlError } from '../s3/xml-scanner.js'
import { interrupted, type S3Refusal, unusableAnswer } from './s3-failure.js'

/** An answer of S3 that has been read to its end; its error can come after a status of 200. */
export interface S3Answer extends S3Refusal {
  readonly headers: Headers
  readonly body: string
}

/** Reads an answer to its end, whatever it says. */
export async function readAnyAnswer(response: Response): Promise<S3Answer> {
  const { status, headers } = response
  const body = await response.text()
  const error = parseS3Error(body)
  return { status, headers, body, error, region: regionOf(response, { error, body }) }
}

/**
 * Reads an answer to its end.
 *
 * @throws S3RequestError when the same request may be sent again.
 */
export async function readAnswer(response: Response): Promise<S3Answer> {
  const answer = await readAnyAnswer(response)
  if (isRepeatable(answer)) throw interrupted(answer)
  return answer
}

/** Tells whether the same request can succeed at once, so that S3 has not refused it. */
function isRepeatable(answer: S3Answer): boolean {
  const { transient, remedy } = classifyRefusal(answer)
  return transient && remedy === 'retry'
}

/** Reads which region S3 points to, if it refuses because of that. */
function regionOf(
  { status, headers }: Response,
  { error, body }: Pick<S3Answer, 'error' | 'body'>,
): string | undefined {
  const isRedirect = status >= 300 && status < 400
  // An answer to HEAD has no document.
  const mayName = status === 400 && (!error || isAboutRegion(error.code))
  return isRedirect || mayName ? namedRegion({ headers, error, body }) : undefined
}

/** Tells whether S3 did what it was asked for. */
export function isSuccess({ status, error }: S3Answer): boolean {
  return status >= 200 && status < 300 && error === undefined
}

/** Tells whether S3 has no such multipart upload; Ceph speaks of a key where others speak of an upload. */
export function isUploadGone(answer: S3Answer): boolean {
  return classifyRefusal(answer).cause === 'upload-gone'
}

/** Tells whether S3 refused the caller, and not the request: by its code, or by the status where there is no document. */
export function isAccessDenied({ status, error }: Pick<S3Refusal, 'status' | 'error'>): boolean {
  return error === undefined ? status === 403 : error.code === 'AccessDenied'
}

/**
 * Returns the root of the document that an answer should have.
 *
 * @throws S3RequestError when it is another document, or none.
 */
export function documentOf(answer: S3Answer, name: string): XmlElement {
  const { status } = answer
  const root = rootOf(answer)
  if (root?.name === name) return root
  const found = root ? `<${root.name}>` : 'no XML'
  throw unusableAnswer(
    `S3 answered ${status} with ${found} where <${name}> was expected. ` +
      'Check that the endpoint is the address of the storage itself, and that no proxy answers in its place.',
  )
}

/** Returns the root of an answer's document; `undefined` where it is no XML. */
export function rootOf({ body }: Pick<S3Answer, 'body'>): XmlElement | undefined {
  try {
    return parseXml(body)
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  }
}
