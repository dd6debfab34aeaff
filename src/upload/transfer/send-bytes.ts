import { abortable } from '../abortable.js'
import { FileError, isNetworkError } from '../upload-error.js'
import type { HttpTransport, TransportRequest, TransportResponse } from './http-transport.js'
import { storageRefusal } from './storage-refusal.js'

/** A request and the bytes of the file in it. */
export interface BytesToSend {
  readonly transport: HttpTransport
  readonly request: TransportRequest
  readonly source: Blob
}

/**
 * Sends bytes of a file in one request.
 *
 * Resolves with S3's answer when it has accepted them. Throws a `StorageError` when S3 refused, a `NetworkError` when
 * no answer came, a `FileError` when the file cannot be read, or the signal's reason.
 */
export async function sendBytes({
  transport,
  request,
  source,
}: BytesToSend): Promise<TransportResponse> {
  try {
    const response = await transport.send(request)
    if (response.status < 200 || response.status > 299) throw storageRefusal(response)
    return response
  } catch (error) {
    // A file changed or removed in mid-upload looks like a broken connection: only reading it tells.
    if (isNetworkError(error)) await abortable(assertReadable(source, error), request.signal)
    throw error
  }
}

/**
 * Reads one byte, or the nothing there is: a browser refuses that when the file has changed since it was chosen.
 *
 * @throws FileError when it cannot be read.
 */
export async function assertReadable(source: Blob, cause?: unknown): Promise<void> {
  try {
    // Of a slice without bytes a browser reads nothing, not even the date.
    const sample = source.size === 0 ? source : source.slice(0, 1)
    await sample.arrayBuffer()
  } catch {
    throw unreadableFile(cause)
  }
}

/** The error for a file that was there when it was chosen. */
export function unreadableFile(cause?: unknown): FileError {
  return new FileError(
    'The file can no longer be read: it was changed, moved or removed. Choose it again.',
    { code: 'file-unreadable', cause },
  )
}
