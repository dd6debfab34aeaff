import { abortable } from '../abortable.js'
import { hasGrown, readEnds } from '../reading/file-samples.js'
import { answersWithin, fileNotAnswering } from '../reading/file-watch.js'
import { FileError, isNetworkError, isStorageError } from '../upload-error.js'
import type { HttpTransport, TransportRequest, TransportResponse } from './http-transport.js'
import { sendWhileAnswering } from './send-while-answering.js'
import { storageRefusal } from './storage-refusal.js'

/** So long a file may take to give a byte. */
const patienceMs = 3000

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
    const response = await sendWhileAnswering(transport, request, source)
    if (response.status < 200 || response.status > 299) throw storageRefusal(response)
    return response
  } catch (error) {
    // A file changed or removed in mid-upload looks like a broken connection: only reading it tells.
    if (isNetworkError(error)) await abortable(requireReadable(source, error), request.signal)
    if (isAboutSize(error)) await abortable(requireSameSize(source, error), request.signal)
    throw error
  }
}

/**
 * Reads both ends: most browsers refuse that when the file has changed since it was chosen, others when it is shorter.
 *
 * @throws FileError when it cannot be read.
 */
export async function assertReadable(source: Blob, cause?: unknown): Promise<void> {
  try {
    await readEnds(source)
  } catch {
    throw unreadableFile(cause)
  }
}

/** The slot of the request is still taken: nothing is waited for. */
async function requireReadable(source: Blob, cause: unknown): Promise<void> {
  if (!(await answersWithin(source, patienceMs))) throw fileNotAnswering(cause)
  await assertReadable(source, cause)
}

/** Only its announced size was signed: a browser that looks at the disk when it sends has sent more or less. */
function isAboutSize(error: unknown): boolean {
  return isStorageError(error) && /^Entity(TooLarge|TooSmall)$/.test(error.storageCode ?? '')
}

async function requireSameSize(source: Blob, cause: unknown): Promise<void> {
  await assertReadable(source, cause)
  // What cannot be read now could a moment ago: that says nothing of its size.
  if (await hasGrown(source).catch(() => false)) throw changedFile()
}

/** The error for a file that can be read and has other bytes than it had. */
export function changedFile(): FileError {
  return new FileError('The file has changed since its upload began. Choose it again.', {
    code: 'file-unreadable',
    hasChanged: true,
  })
}

/** The error for a file that was there when it was chosen. */
export function unreadableFile(cause?: unknown): FileError {
  return new FileError(
    'The file can no longer be read: it was changed, moved or removed. Choose it again.',
    { code: 'file-unreadable', cause },
  )
}
