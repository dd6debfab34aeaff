import type { Runtime } from '../async/runtime.js'
import { toHex } from '../sigv4/crypto.js'

/** A form as the bytes of a request. */
interface EncodedForm {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string
}

/**
 * Encodes a form as `multipart/form-data`.
 *
 * `new Request(url, { body: form })` would do, but not for the FormData of a simulated DOM such as jsdom's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export async function encodeForm(
  form: FormData,
  { randomBytes }: Pick<Runtime, 'randomBytes'>,
): Promise<EncodedForm> {
  const boundary = `form-${toHex(randomBytes(16))}`
  const encoder = new TextEncoder()
  const chunks: Uint8Array[] = []
  for (const [name, value] of form) {
    chunks.push(encoder.encode(`--${boundary}\r\n${partHeader(name, value)}\r\n\r\n`))
    chunks.push(
      typeof value === 'string' ? encoder.encode(value) : new Uint8Array(await value.arrayBuffer()),
    )
    chunks.push(encoder.encode('\r\n'))
  }
  chunks.push(encoder.encode(`--${boundary}--\r\n`))
  return { bytes: concatenate(chunks), contentType: `multipart/form-data; boundary=${boundary}` }
}

function partHeader(name: string, value: FormDataEntryValue): string {
  const disposition = `Content-Disposition: form-data; name="${escapeName(name)}"`
  if (typeof value === 'string') return disposition
  const type = value.type || 'application/octet-stream'
  return `${disposition}; filename="${escapeName(value.name)}"\r\nContent-Type: ${type}`
}

/** @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function escapeName(name: string): string {
  return name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22')
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}
