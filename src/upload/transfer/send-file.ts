import type { SignedUpload } from '../../protocol/operations.js'
import { FileError, isNetworkError } from '../upload-error.js'
import type { HttpTransport, TransportRequest } from './http-transport.js'
import { storageRefusal } from './storage-refusal.js'

/** What one attempt needs. */
export interface FileToSend {
  readonly signed: SignedUpload
  readonly source: Blob
  readonly transport: HttpTransport
  readonly signal: AbortSignal
  /** Hears how many bytes of the file are sent. */
  readonly onProgress: (sentBytes: number) => void
}

/**
 * Sends a file in one request.
 *
 * Resolves when S3 has accepted it. Throws a `StorageError` when S3 refused, a `NetworkError` when
 * no answer came, a `FileError` when the file cannot be read, or the signal's reason.
 */
export async function sendFile(file: FileToSend): Promise<void> {
  const { transport, source, signal } = file
  try {
    const response = await transport.send({ ...requestFor(file), signal })
    if (response.status < 200 || response.status > 299) throw storageRefusal(response)
  } catch (error) {
    // A file changed or removed in mid-upload looks like a broken connection: only reading it tells.
    if (isNetworkError(error)) await assertReadable(source, error)
    throw error
  }
}

function requestFor({ signed, source, onProgress }: FileToSend): Omit<TransportRequest, 'signal'> {
  const { size } = source
  const { url, method } = signed
  if (method === 'PUT') {
    return { method, url, headers: signed.headers, body: source, onProgress }
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
    // The form's own bytes come first, and are not the file's.
    onProgress: (sent, total) => onProgress(Math.max(sent - (total - size), 0)),
  }
}

async function assertReadable(source: Blob, cause: unknown): Promise<void> {
  try {
    await source.slice(0, 1).arrayBuffer()
  } catch {
    throw new FileError(
      'The file can no longer be read: it was changed, moved or removed. Choose it again.',
      { code: 'file-unreadable', cause },
    )
  }
}
