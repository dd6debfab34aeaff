import type { SignedPost, SignedPut } from '../../protocol/operations.js'
import { kibibyte } from '../../s3/byte-units.js'
import type { TransportRequest } from './http-transport.js'

const maxShortBytes = 64 * kibibyte

/** How to send a file in one request. */
export type SignedSingle = SignedPost | SignedPut

/** Whether S3 refuses other bytes than those whose checksum was signed. */
export function isBoundToBytes(signed: SignedSingle): boolean {
  const names = Object.keys(signed.method === 'PUT' ? signed.headers : signed.fields)
  return names.some((name) => name.toLowerCase() === 'x-amz-checksum-sha256')
}

/** The request that sends a whole file; `onProgress` hears how many bytes of the file are sent. */
export function singleRequest(
  signed: SignedSingle,
  {
    source,
    signal,
    onProgress,
  }: {
    readonly source: Blob
    readonly signal: AbortSignal
    readonly onProgress: (sentBytes: number) => void
  },
): TransportRequest {
  const { url, method } = signed
  // A browser may look at the disk each time it is asked.
  const { size } = source
  const wantsProgress = !isShort(size)
  if (method === 'PUT') {
    const { headers } = signed
    return { method, url, headers, body: source, signal, onProgress, wantsProgress }
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(signed.fields)) form.append(name, value)
  // S3 ignores every field after the file.
  form.append('file', source)
  return {
    method,
    url,
    headers: {},
    body: form,
    signal,
    wantsProgress,
    // The form's own bytes come first, and are not the file's.
    onProgress: (sent, total) => onProgress(Math.max(sent - (total - size), 0)),
  }
}

/** Whether a file is sent at once: on the way to its last byte there is nothing to report, and nothing to pause. */
export function isShort(size: number): boolean {
  return size <= maxShortBytes
}
