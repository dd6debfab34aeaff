import { SimulatedBlob, type SimulatedForm } from './blob.js'

const boundary = 'simulated-form-boundary'

/** Writes a form as a browser sends it; throws when a file in it cannot be read. */
export function encodeForm(form: SimulatedForm): {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string
  /** Where the file begins. */
  readonly fileStart: number
} {
  const pieces: Uint8Array[] = []
  let size = 0
  let fileStart = 0
  const add = (piece: Uint8Array) => {
    pieces.push(piece)
    size += piece.length
  }
  for (const [name, value] of form) {
    const isFile = value instanceof SimulatedBlob
    const about = isFile ? `; filename="blob"\r\nContent-Type: application/octet-stream` : ''
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${about}\r\n\r\n`
    add(Buffer.from(head))
    if (isFile) fileStart = size
    add(isFile ? value.readNow() : Buffer.from(value))
    add(Buffer.from('\r\n'))
  }
  add(Buffer.from(`--${boundary}--\r\n`))
  const contentType = `multipart/form-data; boundary=${boundary}`
  return { bytes: new Uint8Array(Buffer.concat(pieces)), contentType, fileStart }
}
