import { withTimeout } from '../async/with-timeout.js'
import { classifyRefusal } from '../s3/error-codes.js'
import { writeXml } from '../s3/xml-writer.js'
import type { StoredPart } from './list-parts.js'
import { type MultipartTarget, multipartUrl } from './multipart-target.js'
import { documentOf, isSuccess, isUploadGone, readAnswer, type S3Answer } from './s3-answer.js'
import { defaultCompletionTimeoutMs, type S3Connection } from './s3-connection.js'
import { refused, S3RequestError } from './s3-failure.js'
import { namesHeader, saysInProgress } from './s3-wording.js'
import { refusesHeader, sendWithOptional } from './send-with-optional.js'

/** The parts of an upload, and what they make. */
export interface UploadToComplete extends MultipartTarget {
  /** In any order. */
  readonly parts: readonly StoredPart[]
  /** Of the whole object, in bytes. */
  readonly size: number
  /** Whether an object that stands under the key already may be replaced. */
  readonly overwrite: 'refuse' | 'allow'
}

/**
 * What became of an attempt to put an upload together.
 *
 * - `no-such-upload`: it was completed before, or aborted.
 * - `object-exists`: an object stands under the key, or one is just being put there.
 * - `parts-changed`: the parts are not those that were listed.
 * - `unfinished`: S3 is still at it, for this request or for an earlier one.
 */
export type Completion =
  | 'completed'
  | 'no-such-upload'
  | 'object-exists'
  | 'parts-changed'
  | 'unfinished'

const sizeHeader = 'x-amz-mp-object-size'
const conditionHeader = 'if-none-match'

/** S3 declares this namespace; some servers insist on it. */
const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/**
 * Puts the parts of an upload together.
 *
 * @throws S3RequestError when S3 did not say, or refuses.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export async function sendCompleteMultipartUpload(
  upload: UploadToComplete,
  connection: S3Connection,
): Promise<Completion> {
  const { completionTimeoutMs = defaultCompletionTimeoutMs, runtime } = connection
  const controller = new AbortController()
  const work = putTogether(upload, controller.signal, connection)
  const completion = await withTimeout(work, completionTimeoutMs, runtime)
  if (completion !== undefined) return completion
  // S3 continues without the connection. A `fetch` that ignores the signal is not waited for either.
  controller.abort()
  return 'unfinished'
}

async function putTogether(
  upload: UploadToComplete,
  signal: AbortSignal,
  connection: S3Connection,
): Promise<Completion> {
  try {
    return completionOf(await sendList(upload, signal, connection), upload)
  } catch (error) {
    if (error instanceof S3RequestError && saysInProgress(error.answer?.error)) return 'unfinished'
    throw error
  }
}

function sendList(
  upload: UploadToComplete,
  signal: AbortSignal,
  connection: S3Connection,
): Promise<S3Answer> {
  const read = async (response: Response) => {
    const answer = await readAnswer(response)
    // An answer that breaks off, or is empty, says nothing: S3 sends its 200 before it begins.
    if (isSuccess(answer)) documentOf(answer, 'CompleteMultipartUploadResult')
    return answer
  }
  const condition = { ...(upload.overwrite === 'refuse' && { [conditionHeader]: '*' }) }
  const request = {
    method: 'POST',
    url: multipartUrl(upload, connection),
    headers: { ...condition, 'content-type': 'application/xml' },
    body: partList(upload.parts),
    signal,
  } as const
  // The size of every part has been looked at, so a server that cannot compare their sum is good enough.
  const optional = { [sizeHeader]: String(upload.size) }
  return sendWithOptional({ request, optional, read }, connection)
}

function partList(parts: readonly StoredPart[]): string {
  const ascending = [...parts].sort((a, b) => a.partNumber - b.partNumber)
  const Part = ascending.map(({ partNumber, etag, checksums }) => ({
    PartNumber: partNumber,
    ETag: etag,
    ...checksums,
  }))
  return writeXml('CompleteMultipartUpload', { Part }, namespace)
}

function completionOf(answer: S3Answer, { overwrite }: UploadToComplete): Completion {
  if (isSuccess(answer)) return 'completed'
  if (isUploadGone(answer)) return 'no-such-upload'
  const { status, error } = answer
  if (status === 412 || error?.code === 'PreconditionFailed') return 'object-exists'
  if (error?.code === 'ConditionalRequestConflict') return 'object-exists'
  if (classifyRefusal(answer).remedy === 'list-again') return 'parts-changed'
  if (namesHeader(error, ['mp-object-size'])) return 'parts-changed'
  const isDoubtful = overwrite === 'refuse' && refusesHeader(answer, [conditionHeader])
  const doubtfulHeaders = isDoubtful ? [conditionHeader] : []
  throw refused('CompleteMultipartUpload', answer, { doubtfulHeaders })
}
