import { abortable } from '../../async/abortable.js'
import { fileNotAnswering, unreadableFile } from '../errors/file-errors.js'
import { toStorageError } from '../errors/storage-refusal.js'
import { isNetworkError } from '../errors/upload-error.js'
import { answerWithin } from '../reading/file-watch.js'
import type { TransportResponse } from './http-transport.js'
import { requireSameSize } from './require-same-size.js'
import { type BytesToSend, sendWhileAnswering } from './send-while-answering.js'

/** How long a file may take to give a byte. */
const patienceMs = 3000

/**
 * Sends bytes of a file in one request.
 *
 * Resolves with S3's answer when it has accepted them. Throws a `StorageError` when S3 refused, a `NetworkError` when
 * no answer came, a `FileError` when the file cannot be read, or the signal's reason.
 */
export async function sendBytes(bytes: BytesToSend): Promise<TransportResponse> {
  const { request } = bytes
  try {
    const response = await sendWhileAnswering(bytes)
    if (response.status >= 200 && response.status <= 299) return response
    await abortable(requireSameSize(response, bytes.source), request.signal)
    throw toStorageError(response)
  } catch (error) {
    // A file changed or removed in mid-upload looks like a broken connection: only reading it tells.
    if (isNetworkError(error)) await abortable(requireReadable(bytes, error), request.signal)
    throw error
  }
}

/** The slot of the request is still taken: nothing is waited for. */
async function requireReadable({ source, runtime }: BytesToSend, cause: unknown): Promise<void> {
  const answer = await answerWithin(source, patienceMs, runtime)
  if (answer === 'none') throw fileNotAnswering(cause)
  if (answer === 'refused') throw unreadableFile(cause)
}
