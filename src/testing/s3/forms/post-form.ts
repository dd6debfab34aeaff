import { maxPostFormOverheadBytes } from '../../../s3/limits.js'
import { requirePossibleKey } from '../http/bucket-and-key.js'
import type { ParsedRequest } from '../http/parsed-request.js'
import { missingField, TestS3Error } from '../model/test-s3-error.js'
import { type FormPart, formBoundary, parseMultipartForm } from './multipart-form-parser.js'

/** A posted form up to its file. */
export interface PostForm {
  /** Names in lower case; `key` with the file's name filled in. */
  readonly fields: ReadonlyMap<string, string>
  readonly key: string
  readonly file: AsyncIterable<Uint8Array>
  /** Reads what follows the file, and refuses a second one. */
  readonly finish: () => Promise<void>
}

/**
 * Reads the fields of a posted form and stops at its file; fields behind that do not count.
 *
 * @throws TestS3Error with the code that S3 gives for what is wrong.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/RESTObjectPOST.html
 */
export async function readPostForm(request: ParsedRequest): Promise<PostForm> {
  const boundary = formBoundary(request.headers.get('content-type'))
  if (boundary === undefined) {
    throw new TestS3Error(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
    )
  }
  if (request.contentLength === undefined) {
    throw new TestS3Error(
      'MissingContentLength',
      'You must provide the Content-Length HTTP header.',
    )
  }
  const parts = parseMultipartForm(request.body, boundary)
  const { fields, file } = await readFields(parts)
  const key = filledKey(fields.get('key'), file.filename)
  fields.set('key', key)
  return { fields, key, file: file.body, finish: () => requireNoSecondFile(parts) }
}

async function readFields(parts: AsyncIterator<FormPart>) {
  const fields = new Map<string, string>()
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const part = next.value
    requireShort(part.offset)
    const name = part.name.toLowerCase()
    if (name === 'file') return { fields, file: part }
    if (fields.has(name)) {
      throw new TestS3Error('InvalidArgument', `The form has two fields named '${part.name}'.`, {
        ArgumentName: part.name,
      })
    }
    fields.set(name, await readText(part))
  }
  throw wrongFileCount()
}

async function readText({ body, offset }: FormPart): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let end = offset
  for await (const chunk of body) {
    end += chunk.byteLength
    requireShort(end)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function requireShort(bytes: number): void {
  if (bytes <= maxPostFormOverheadBytes) return
  throw new TestS3Error(
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceding the upload file were too large.',
    { MaxPostPreDataLengthBytes: maxPostFormOverheadBytes },
  )
}

/** Without a file name the placeholder stays; a path in the name is cut off. */
function filledKey(key: string | undefined, filename: string | undefined): string {
  if (key === undefined) throw missingField('key')
  const baseName = filename?.replace(/^.*[/\\]/s, '')
  // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's placeholder, not a template.
  const filled = baseName === undefined ? key : key.replaceAll('${filename}', () => baseName)
  if (filled === '') {
    throw new TestS3Error('InvalidArgument', 'User key must have a length greater than 0.', {
      ArgumentName: 'key',
    })
  }
  return requirePossibleKey(filled)
}

async function requireNoSecondFile(parts: AsyncIterator<FormPart>): Promise<void> {
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    if (next.value.name.toLowerCase() === 'file') throw wrongFileCount()
  }
}

function wrongFileCount(): TestS3Error {
  return new TestS3Error('InvalidArgument', 'POST requires exactly one file upload per request.', {
    ArgumentName: 'file',
  })
}
