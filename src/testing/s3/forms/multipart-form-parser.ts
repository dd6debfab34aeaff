import { DelimitedReader } from '../bodies/delimited-reader.js'
import { TestS3Error } from '../model/test-s3-error.js'

/** One part of a `multipart/form-data` body, in the order it arrives. */
export interface FormPart {
  readonly name: string
  /** The file's name as the client gave it; left out where the part has none. */
  readonly filename?: string
  /** How many bytes of the form came before the content. */
  readonly offset: number
  /** The content, to be read to its end before the next part is asked for, or not at all. */
  readonly body: AsyncIterable<Uint8Array>
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const lineBreak = encoder.encode('\r\n')
const headersEnd = encoder.encode('\r\n\r\n')

const parameterAt = /\s*([^\s=;"]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*(?:;|$)/gy

/** More than any client sends for one part; the whole of the fields has its own limit. */
const maxPartHeaderBytes = 16_384

/**
 * Splits a `multipart/form-data` body into its parts as its chunks arrive, holding only one chunk in memory.
 *
 * @throws TestS3Error `MalformedPOSTRequest` when the body is not such a form.
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export async function* parseMultipartForm(
  chunks: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<FormPart, void, undefined> {
  const reader = new DelimitedReader(chunks, malformed)
  // The first delimiter has no line break before it.
  reader.unread(lineBreak)
  const delimiter = encoder.encode(`\r\n--${boundary}`)
  await skip(reader.readUntil(delimiter))
  while (!(await isClosed(reader))) {
    const header = await reader.takeUntil(headersEnd, maxPartHeaderBytes)
    const body = reader.readUntil(delimiter)
    yield { ...readDisposition(header), offset: reader.offset, body }
    await skip(body)
  }
  // Nothing that follows counts, yet a connection whose request was read to its end serves the next one.
  await reader.skipRest()
}

/** Reads the boundary out of a Content-Type; `undefined` when it is not a multipart form. */
export function formBoundary(contentType: string | undefined): string | undefined {
  const match = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType ?? '',
  )
  return match?.[1] ?? match?.[2]
}

/** Says whether the delimiter just read was the closing one; else moves behind its line break. */
async function isClosed(reader: DelimitedReader): Promise<boolean> {
  const next = decoder.decode(await reader.take(2))
  if (next === '--') return true
  // Kept for the empty line that ends a part without headers.
  if (next === '\r\n') {
    reader.unread(lineBreak)
    return false
  }
  throw malformed('A boundary is followed by something other than a line break.')
}

function readDisposition(header: Uint8Array): Pick<FormPart, 'name' | 'filename'> {
  const line = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(decoder.decode(header))?.[1]
  const parameters = readParameters(line ?? '')
  const name = parameters.get('name')
  if (name === undefined) {
    throw malformed('A part of the form has no Content-Disposition with a name.')
  }
  const filename = parameters.get('filename')
  return filename === undefined ? { name } : { name, filename }
}

/** Browsers write `"` as `%22` and line breaks as `%0D%0A`; curl writes `\"`. */
function readParameters(line: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, plain = ''] of line.matchAll(parameterAt)) {
    const value = (quoted ?? plain).replace(/\\(["\\])/g, '$1')
    parameters.set(name.toLowerCase(), value.replace(/%22|%0D|%0A/g, decodeURIComponent))
  }
  return parameters
}

async function skip(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks) {
    // Nothing has asked for this content.
  }
}

function malformed(message: string): TestS3Error {
  return new TestS3Error('MalformedPOSTRequest', message)
}
