import { systemRuntime } from '../../../async/runtime.js'
import type {
  CompletedUpload,
  ListPartsResponse,
  SignedMultipart,
  SignedPart,
} from '../../../protocol/operations.js'
import { fail } from './conformance-rule.js'
import { requireAccepted, requireAnswer } from './expectations.js'
import type { Subject } from './subject.js'
import {
  isStored,
  newFile,
  requestAbortUploads,
  requestCompleteUploads,
  requestMultipart,
} from './uploads.js'

const partsPerRequest = 16
const maxPendingAnswers = 120

/** Has a new multipart upload signed, hands it to `use`, and aborts it afterwards. */
export async function withMultipart(
  subject: Subject,
  use: (signed: SignedMultipart) => Promise<void>,
): Promise<void> {
  const signed = await requestMultipart(
    subject,
    newFile(subject, { size: subject.multipartSizeBytes }),
  )
  try {
    await use(signed)
  } finally {
    await requestAbortUploads(subject, [signed.token])
  }
}

/** Which parts the server says have arrived. */
export async function requestListParts(
  subject: Subject,
  token: string,
): Promise<ListPartsResponse> {
  const answer = await subject.ask({ body: { operation: 'list-parts', token } })
  return requireAnswer('list-parts', answer)
}

/** Has parts signed, in the order given. */
export async function requestSignParts(
  subject: Subject,
  { token }: SignedMultipart,
  numbers: readonly number[],
): Promise<readonly SignedPart[]> {
  const parts = numbers.map((partNumber) => ({ partNumber }))
  const answer = await subject.ask({ body: { operation: 'sign-parts', token, parts } })
  const signed = requireAnswer('sign-parts', answer).parts
  const isInOrder = numbers.every((number, index) => signed[index]?.partNumber === number)
  if (signed.length !== numbers.length || !isInOrder) {
    fail('The answer to sign-parts has not the parts of the request in their order.')
  }
  return signed
}

/** Sends a part's bytes as signed, and returns the status of the bucket's answer. */
export async function transferPart(
  subject: Subject,
  part: SignedPart,
  size: number,
): Promise<number> {
  const { url, headers } = part
  const body = new Uint8Array(size)
  const response = await subject.askBucket(new Request(url, { method: 'PUT', headers, body }))
  await response.body?.cancel()
  return response.status
}

/** Sends every part of an upload, the last one first. */
export async function transferParts(subject: Subject, signed: SignedMultipart): Promise<void> {
  const { partCount, partSizeBytes } = signed
  const numbers = Array.from({ length: partCount }, (_, index) => partCount - index)
  while (numbers.length > 0) {
    for (const part of await requestSignParts(
      subject,
      signed,
      numbers.splice(0, partsPerRequest),
    )) {
      const isLast = part.partNumber === partCount
      const size = isLast
        ? subject.multipartSizeBytes - (partCount - 1) * partSizeBytes
        : partSizeBytes
      const status = await transferPart(subject, part, size)
      if (!isStored(status))
        fail(`The bucket answered ${status} to part ${part.partNumber}, sent as signed.`)
    }
  }
}

/** Completes an upload whose parts have been sent, and waits as often as the server answers that it is pending. */
export async function completeMultipart(subject: Subject, token: string): Promise<CompletedUpload> {
  for (let attempt = 0; attempt < maxPendingAnswers; attempt += 1) {
    const [entry] = await requestCompleteUploads(subject, [token])
    const answer = requireAccepted(entry, 'An upload with all its parts')
    if (!('state' in answer)) return answer
    await systemRuntime.sleep(answer.retryAfterSeconds * 1000, subject.signal)
  }
  return fail('An upload with all its parts stays pending.')
}
