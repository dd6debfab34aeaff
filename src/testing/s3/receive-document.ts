import { parseXml, type XmlElement, XmlError } from '../../s3/xml.js'
import type { SignedCall } from './operation-call.js'
import { type PayloadOptions, receivePayload } from './receive-payload.js'
import type { BodyWriter } from './storage.js'
import { TestS3Error } from './test-s3-error.js'

/** A list of 10,000 parts with checksums has less than 2 MiB. */
const maxDocumentBytes = 4 * 1024 * 1024

/**
 * Takes in a request's XML document, verified like any other body.
 *
 * @throws TestS3Error `MalformedXML` when it is not XML with that root.
 */
export async function receiveDocument(
  call: SignedCall,
  rootName: string,
  options: PayloadOptions = {},
): Promise<XmlElement> {
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
