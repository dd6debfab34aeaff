import { parseXml, type XmlElement, XmlError } from '../../s3/xml.js'
import type { BucketCall } from './operation-call.js'
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
  call: BucketCall,
  rootName: string,
  options: PayloadOptions = {},
): Promise<XmlElement> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  const writer = collectingWriter(chunks)
  await receivePayload(call, { maxBytes: maxDocumentBytes, writer, ...options })
  try {
    const root = parseXml(await new Blob(chunks).text())
    if (root.name === rootName) return root
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause
  }
  throw malformedXml()
}

/** The refusal of a document that S3 does not understand. */
export function malformedXml(): TestS3Error {
  return new TestS3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  )
}

function collectingWriter(chunks: Uint8Array<ArrayBuffer>[]): BodyWriter {
  return {
    write: async (chunk) => {
      chunks.push(chunk.slice())
    },
    finish: async () => ({ size: 0, discard: async () => {} }),
    discard: async () => {},
  }
}
