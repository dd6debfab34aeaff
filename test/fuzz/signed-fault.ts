import { mediaTypeEssence } from '../../src/protocol/media-types.js'
import type { SignedUpload } from '../../src/protocol/operations.js'
import { parseResponse } from '../../src/protocol/parse.js'

/** What the handler under test may sign; the requests cannot widen it. */
export const bounds = {
  bucketUrl: 'https://s3.test/uploads',
  prefix: 'files/',
  minFileSize: 10,
  maxFileSize: 9_000_000,
  accept: ['image/*', 'video/mp4', '.csv'],
  maxFiles: 3,
  maxSeconds: 3600,
} as const

const ownKey = /^files\/[0-9a-f]{32}\/[A-Za-z0-9._-]+$/
const acceptedType = /^(?:image\/[^,]+|video\/mp4|application\/octet-stream)$/
const scriptType = /html|xml|script|^multipart|^message/
const downloadParameters =
  /^(?:X-Amz-\w+(?:-\w+)*|response-content-(?:disposition|type)|versionId)$/

/** What is known of the request and of who has made it. */
export interface SigningFacts {
  /** The JSON of the request, if it is some. */
  readonly asked: unknown
  /** The keys of honest uploads. */
  readonly ownKeys: ReadonlySet<string>
  readonly mayDownload: (key: string) => boolean
}

/** Says what in an answer is signed outside the rules; `undefined` when nothing is. */
export function signedFault(answer: unknown, facts: SigningFacts): string | undefined {
  const uploads = parseResponse('sign-uploads', answer)
  if (uploads.ok) return faultOfUploads(signedOf(uploads.value.files), facts)
  const downloads = parseResponse('sign-downloads', answer)
  if (downloads.ok)
    return firstFault(signedOf(downloads.value.files), ({ url }) => faultOfDownload(url, facts))
  const parts = parseResponse('sign-parts', answer)
  if (parts.ok)
    return firstFault(parts.value.parts, (part) =>
      faultOfPart(part, (key) => facts.ownKeys.has(key)),
    )
  const completed = parseResponse('complete-uploads', answer)
  if (completed.ok)
    return firstFault(signedOf(completed.value.uploads), (upload) =>
      'state' in upload || facts.ownKeys.has(upload.key)
        ? undefined
        : `a receipt for ${upload.key}`,
    )
  return undefined
}

function faultOfUploads(
  signed: readonly SignedUpload[],
  { asked }: SigningFacts,
): string | undefined {
  if (signed.length > bounds.maxFiles) return `${signed.length} files at once`
  return firstFault(signed, (upload) => {
    const faults = filesOf(asked).flatMap((file) =>
      file?.id === upload.id ? [faultOfUpload(upload, file)] : [],
    )
    if (faults.length === 0) return 'a file that nobody has asked for'
    return faults.includes(undefined) ? undefined : faults[0]
  })
}

function faultOfUpload(upload: SignedUpload, file: AskedFile): string | undefined {
  const { name, size } = file
  const { key } = upload
  if (!ownKey.test(key)) return `the key ${key}`
  if (!(Number.isInteger(size) && size >= bounds.minFileSize && size <= bounds.maxFileSize))
    return `${size} bytes`
  switch (upload.method) {
    case 'POST':
      return faultOfForm(upload.url, upload.fields, { key, name, size })
    case 'PUT': {
      const fault = faultOfUrl(upload.url, key, ['content-length', 'content-type', 'host'])
      return fault ?? faultOfType(upload.headers['content-type'] ?? '', name)
    }
    case 'MULTIPART': {
      const { partCount, partSizeBytes } = upload
      const isRight = partCount * partSizeBytes >= size && (partCount - 1) * partSizeBytes < size
      if (!isRight) return `${partCount} parts of ${partSizeBytes} for ${size} bytes`
      return firstFault(upload.parts ?? [], (part) =>
        part.partNumber > partCount
          ? `part ${part.partNumber} of ${partCount}`
          : faultOfPart(part, (signedKey) => signedKey === key),
      )
    }
  }
}

/** Every condition of the form is exact, and says what was asked for. */
function faultOfForm(
  url: string,
  fields: Readonly<Record<string, string>>,
  { key, name, size }: { readonly key: string } & AskedFile,
): string | undefined {
  if (url !== bounds.bucketUrl) return `a form for ${url}`
  const { conditions } = JSON.parse(Buffer.from(fields.policy ?? '', 'base64').toString())
  const exact: Record<string, unknown> = {}
  for (const condition of conditions) {
    if (!Array.isArray(condition)) Object.assign(exact, condition)
    else if (JSON.stringify(condition) !== JSON.stringify(['content-length-range', size, size]))
      return `the condition ${JSON.stringify(condition)} for ${size} bytes`
  }
  if (conditions.filter(Array.isArray).length !== 1) return 'a form for any size'
  if (exact.bucket !== 'uploads' || exact.key !== key || fields.key !== key)
    return `a form for ${JSON.stringify(exact)}`
  return faultOfType(String(exact['Content-Type'] ?? ''), name)
}

function faultOfPart(
  { partNumber, url }: { readonly partNumber: number; readonly url: string },
  isOwnKey: (key: string) => boolean,
): string | undefined {
  const { searchParams } = new URL(url)
  const key = keyIn(url)
  if (!isOwnKey(key)) return `a part of ${key}`
  if (searchParams.get('partNumber') !== String(partNumber))
    return `another part than ${partNumber}`
  if (!searchParams.get('uploadId')) return 'a part of no upload'
  return faultOfUrl(url, key, ['content-length', 'host'])
}

function faultOfDownload(url: string, { mayDownload }: SigningFacts): string | undefined {
  const key = keyIn(url)
  if (!mayDownload(key)) return `a download of ${key}`
  const strange = [...new URL(url).searchParams.keys()].find(
    (name) => !downloadParameters.test(name),
  )
  return strange === undefined ? faultOfUrl(url, key, ['host']) : `a download with ${strange}`
}

function faultOfUrl(
  url: string,
  key: string,
  signedHeaders: readonly string[],
): string | undefined {
  const { searchParams, origin, pathname } = new URL(url)
  if (!`${origin}${pathname}`.startsWith(`${bounds.bucketUrl}/`)) return `the address ${url}`
  if (keyIn(url) !== key) return `the address ${url} for ${key}`
  const signed = (searchParams.get('X-Amz-SignedHeaders') ?? '').split(';')
  const missing = signedHeaders.find((name) => !signed.includes(name))
  if (missing) return `${missing} is not signed`
  const seconds = Number(searchParams.get('X-Amz-Expires'))
  return seconds >= 1 && seconds <= bounds.maxSeconds ? undefined : `for ${seconds} seconds`
}

function faultOfType(type: string, name: string): string | undefined {
  const essence = mediaTypeEssence(type)
  if (acceptedType.test(essence)) return undefined
  const isCsv = name.toLowerCase().endsWith('.csv')
  return isCsv && !scriptType.test(essence) ? undefined : `the type ${type} for ${name}`
}

interface AskedFile {
  readonly id?: unknown
  readonly name: string
  readonly size: number
}

function filesOf(asked: unknown): readonly (AskedFile | null)[] {
  // What the handler has signed has this form; among it may be what it has refused.
  return (asked as { readonly files?: readonly (AskedFile | null)[] } | undefined)?.files ?? []
}

function keyIn(url: string): string {
  return decodeURIComponent(new URL(url).pathname).replace(/^\/uploads\//, '')
}

function signedOf<Item extends object>(
  items: readonly Item[],
): readonly Exclude<Item, { readonly error: unknown }>[] {
  // An item with an error is a refusal, whatever else it may be.
  return items.filter((item) => !('error' in item)) as Exclude<Item, { readonly error: unknown }>[]
}

function firstFault<Item>(
  items: readonly Item[],
  faultOf: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const fault = faultOf(item)
    if (fault !== undefined) return fault
  }
  return undefined
}
