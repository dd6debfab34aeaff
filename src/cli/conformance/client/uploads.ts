import type {
  CompletedUpload,
  FileDescription,
  PendingUpload,
  Refused,
  SignedMultipart,
  SignedPost,
  SignedPut,
  SignedUpload,
} from '../../../protocol/operations.js'
import { fail, skip } from './conformance-rule.js'
import { requireAccepted, requireAnswer, requireEntries } from './expectations.js'
import type { Identity, Subject } from './subject.js'

/** How to send one file in one request. */
export type SingleAnswer = SignedPost | SignedPut

/** What a request of several files may differ in. */
interface SignOptions {
  readonly attempt?: number
  readonly as?: Identity
}

/** Describes a new file of the suite. */
export function newFile(
  { fileName, fileType }: Subject,
  changes: Partial<FileDescription> = {},
): FileDescription {
  return { id: crypto.randomUUID(), name: fileName, type: fileType, size: 12, ...changes }
}

/** Bytes that differ from file to file. */
export function newBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  // The most that one call gives.
  crypto.getRandomValues(bytes.subarray(0, 65_536))
  return bytes
}

/** Has files signed; one entry per file, refused ones among them. */
export async function requestSignUploads(
  subject: Subject,
  files: readonly unknown[],
  { attempt = 1, as }: SignOptions = {},
): Promise<readonly (SignedUpload | Refused)[]> {
  const body = { operation: 'sign-uploads', attempt, files }
  const answer = requireAnswer('sign-uploads', await subject.ask({ body, as }))
  return requireEntries(answer.files, files.length, 'sign-uploads')
}

/** Has one file signed that goes in one request. */
export async function requestSingle(
  subject: Subject,
  file: FileDescription = newFile(subject),
  options?: SignOptions,
): Promise<SingleAnswer> {
  const [entry] = await requestSignUploads(subject, [file], options)
  const signed = requireAccepted<SignedUpload>(entry, `A file of ${file.size} bytes`)
  if (signed.method !== 'MULTIPART') return signed
  return fail(`A file of ${file.size} bytes is to go in parts, which S3 takes from 5 MiB on.`)
}

/** Has one file signed that goes in parts. */
export async function requestMultipart(
  subject: Subject,
  file: FileDescription,
  options?: SignOptions,
): Promise<SignedMultipart> {
  const [entry] = await requestSignUploads(subject, [file], options)
  const signed = requireAccepted<SignedUpload>(entry, `A file of ${file.size} bytes`)
  if (signed.method === 'MULTIPART') return signed
  return skip(`The server sends a file of ${file.size} bytes in one request; name a larger size.`)
}

/** Sends bytes to the bucket as signed, and returns the status of its answer. */
export async function transfer(
  subject: Subject,
  signed: SingleAnswer,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<number> {
  const response = await subject.askBucket(bucketRequest(signed, bytes))
  await response.body?.cancel()
  return response.status
}

/** Says whether S3 took the bytes. */
export function isStored(status: number): boolean {
  return status >= 200 && status < 300
}

/** Has uploads completed; one entry per token, refused ones among them. */
export async function requestCompleteUploads(
  subject: Subject,
  tokens: readonly unknown[],
  as?: Identity,
): Promise<readonly (CompletedUpload | PendingUpload | Refused)[]> {
  const body = { operation: 'complete-uploads', uploads: tokens.map((token) => ({ token })) }
  const answer = requireAnswer('complete-uploads', await subject.ask({ body, as }))
  return requireEntries(answer.uploads, tokens.length, 'complete-uploads')
}

/** Has one upload completed that is in the bucket already. */
export async function completeOne(subject: Subject, token: string): Promise<CompletedUpload> {
  const [entry] = await requestCompleteUploads(subject, [token])
  const completed = requireAccepted<CompletedUpload | PendingUpload>(entry, 'A file that was sent')
  return 'state' in completed
    ? fail('A file sent in one request is answered as pending.')
    : completed
}

/** Has uploads given up; one entry per token, refused ones among them. */
export async function requestAbortUploads(
  subject: Subject,
  tokens: readonly unknown[],
  as?: Identity,
) {
  const body = { operation: 'abort-uploads', tokens }
  const answer = requireAnswer('abort-uploads', await subject.ask({ body, as }))
  return requireEntries(answer.uploads, tokens.length, 'abort-uploads')
}

/** Signs, sends and completes one small file. */
export async function uploadOne(subject: Subject) {
  const bytes = newBytes(1000)
  const file = newFile(subject, { size: bytes.length })
  const signed = await requestSingle(subject, file)
  const status = await transfer(subject, signed, bytes)
  if (!isStored(status)) fail(`The bucket answered ${status} to a file sent as signed.`)
  return { bytes, file, signed, completed: await completeOne(subject, signed.token) }
}

function bucketRequest(signed: SingleAnswer, bytes: Uint8Array<ArrayBuffer>): Request {
  const { url } = signed
  if (signed.method === 'PUT') {
    return new Request(url, { method: 'PUT', headers: signed.headers, body: bytes })
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(signed.fields)) form.append(name, value)
  form.append('file', new Blob([bytes]))
  return new Request(url, { method: 'POST', body: form })
}
