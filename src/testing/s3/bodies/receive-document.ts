import { parseXml, type XmlElement } from '../../../s3/xml.js'
import { XmlError } from '../../../s3/xml-scanner.js'
import { amzHeadersOf } from '../http/parsed-request.js'
import type { BodyWriter } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { type PayloadOptions, receivePayload, type SignedBody } from './receive-payload.js'

/** A list of 10,000 parts with checksums has less than 2 MiB. */
const maxDocumentBytes = 4 * 1024 * 1024

/** How a document is taken in. */
interface DocumentOptions extends PayloadOptions {
  /** Whether S3 insists on `Content-MD5` or a checksum, which most clients send by themselves. @default false */
  readonly needsDigest?: boolean
}

/**
 * Takes in a request's XML document, verified like any other body.
 *
 * @throws TestS3Error `MalformedXML` when it is not XML with that root, `InvalidRequest` without a digest.
 */
export async function receiveDocument(
  call: SignedBody,
  rootName: string,
  { needsDigest = false, ...options }: DocumentOptions = {},
): Promise<XmlElement> {
  if (needsDigest) requireDigest(call)
  const text = new TextWriter()
  await receivePayload(call, { maxBytes: maxDocumentBytes, writer: text, ...options })
  try {
    const root = parseXml(text.toString())
    if (root.name === rootName) return root
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause
  }
  throw malformedXml()
}

/**
 * Refuses an element that holds what would be passed over, or one thing twice.
 *
 * @throws TestS3Error `NotImplemented` or `MalformedXML`
 */
export function requireKnownChildren(
  { children }: XmlElement,
  known: readonly string[],
  repeatable: readonly string[] = [],
): void {
  const seen = new Set<string>()
  for (const { name } of children) {
    if (!known.includes(name) && !repeatable.includes(name)) {
      throw new TestS3Error('NotImplemented', `The element ${name} is not implemented.`)
    }
    if (seen.has(name) && !repeatable.includes(name)) throw malformedXml()
    seen.add(name)
  }
}

/** The refusal of a document that S3 does not understand. */
export function malformedXml(): TestS3Error {
  return new TestS3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  )
}

function requireDigest({ setup, request }: SignedBody): void {
  const names = [...request.headers.keys(), ...amzHeadersOf(request).keys()]
  const hasDigest = names.some((name) =>
    /^(?:content-md5|x-amz-checksum-.+|x-amz-trailer)$/.test(name),
  )
  if (hasDigest || !setup.quirks.needsDocumentDigest) return
  throw new TestS3Error(
    'InvalidRequest',
    'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
  )
}

class TextWriter implements BodyWriter {
  readonly #decoder = new TextDecoder()
  #text = ''

  async write(chunk: Uint8Array): Promise<void> {
    this.#text += this.#decoder.decode(chunk, { stream: true })
  }

  async finish() {
    this.#text += this.#decoder.decode()
    return { size: this.#text.length, discard: async () => {} }
  }

  async discard(): Promise<void> {}

  toString(): string {
    return this.#text
  }
}
