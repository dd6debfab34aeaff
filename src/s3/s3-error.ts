import { childText, parseXml, type XmlElement } from './xml.js'

/** What S3 says when it refuses a request. */
export interface S3ErrorDocument {
  /** The stable name of the error, such as `NoSuchKey`. */
  readonly code: string
  /** S3's own sentence; empty when it sent none. */
  readonly message: string
  /** What AWS support asks for. */
  readonly requestId?: string
  /** The bucket or object the error is about. */
  readonly resource?: string
  /** Every element of the document by its name, such as `MaxSizeAllowed` or `ServerTime`. */
  readonly details: Readonly<Record<string, string>>
}

/**
 * Reads an error document; a body that is none, such as a proxy's HTML page, is `undefined`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function parseS3Error(body: string): S3ErrorDocument | undefined {
  const root = parseLeniently(body)
  if (root?.name !== 'Error') return undefined
  const code = childText(root, 'Code')?.trim()
  if (!code) return undefined
  const details: Record<string, string> = {}
  for (const child of root.children) details[child.name] = child.text
  return {
    code,
    message: childText(root, 'Message') ?? '',
    requestId: childText(root, 'RequestId'),
    resource: childText(root, 'Resource'),
    details,
  }
}

function parseLeniently(body: string): XmlElement | undefined {
  try {
    return parseXml(body)
  } catch {
    // An answer that is not XML is no error document, and the caller then has only the HTTP status.
    return undefined
  }
}
