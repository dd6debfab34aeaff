import { type AcceptEntry, isAccepted, parseAcceptEntry } from '../../protocol/accepted-types.js'
import { parseSize, type Size } from '../../protocol/byte-size.js'
import { maxBatchSize } from '../../protocol/operations.js'
import { SigningError } from '../errors/signing-error.js'
import { isDisguisedScript } from './disguised-script.js'
import { formatSize } from './format-size.js'

/** Which files may be uploaded; the server holds to them whatever the browser says. */
export interface UploadRules {
  /**
   * The largest file, in bytes or as text: `'5GB'` is decimal, `'5GiB'` binary.
   *
   * @default what S3 takes: 48.8 TiB in parts, or 5 GiB where `multipartThreshold` is `false`
   */
  readonly maxFileSize?: Size
  /**
   * The smallest file, in bytes or as text.
   *
   * @default 0
   */
  readonly minFileSize?: Size
  /**
   * Media types and extensions like those of `<input accept>`, one per entry; a file fits by either. A type that can run
   * script (HTML, SVG, XML, JavaScript) fits by an extension only if files of that type have it.
   *
   * @default every type
   * @example ['image/*', 'application/pdf', '.docx']
   */
  readonly accept?: readonly string[]
  /**
   * The most files in one signing request. It bounds neither a selection nor what a user uploads in total: the client
   * gathers up to 100 files into a request, as they come, and sends as many requests as it needs.
   *
   * @default 100
   */
  readonly maxFiles?: number
}

/** The rules with every default filled in and every text read. */
export interface ResolvedRules {
  readonly maxFileSizeBytes: number
  /** The largest file that the storage itself takes. */
  readonly storageLimitBytes: number
  readonly minFileSizeBytes: number
  readonly accept: readonly AcceptEntry[] | undefined
  readonly maxFiles: number
}

/** What the rules look at. */
export interface FileToCheck {
  readonly name: string
  readonly type: string
  readonly size: number
}

/** Reads checked rules and fills in the defaults. */
export function resolveRules(
  { maxFileSize, minFileSize, accept, maxFiles }: UploadRules,
  storageLimitBytes: number,
): ResolvedRules {
  return {
    storageLimitBytes,
    maxFileSizeBytes: parseSize(maxFileSize) ?? Number.POSITIVE_INFINITY,
    minFileSizeBytes: parseSize(minFileSize) ?? 0,
    accept: accept?.map(parseAcceptEntry).filter((entry) => entry !== undefined),
    maxFiles: maxFiles ?? maxBatchSize,
  }
}

/** Says why the rules refuse a file, or `undefined` when they allow it. */
export function refusalOf(file: FileToCheck, rules: ResolvedRules): SigningError | undefined {
  if (file.size > rules.maxFileSizeBytes) {
    const limit = formatSize(rules.maxFileSizeBytes)
    return new SigningError('file-too-large', `The file is larger than the ${limit} allowed here.`)
  }
  if (file.size > rules.storageLimitBytes) {
    const limit = formatSize(rules.storageLimitBytes)
    return new SigningError('file-too-large', `The file is larger than the ${limit} stored here.`)
  }
  if (file.size < rules.minFileSizeBytes) {
    const limit = formatSize(rules.minFileSizeBytes)
    return new SigningError(
      'file-too-small',
      `The file is smaller than the ${limit} required here.`,
    )
  }
  if (rules.accept !== undefined && !accepts(file, rules.accept)) {
    const accepted = rules.accept.map(({ text }) => text).join(', ')
    return new SigningError('file-type-not-accepted', `Only these types are accepted: ${accepted}.`)
  }
  return undefined
}

/** An extension accepts the files that have it, and no page or script that only calls itself so. */
function accepts(file: FileToCheck, accept: readonly AcceptEntry[]): boolean {
  const isDisguised = isDisguisedScript(file)
  return isAccepted(
    file,
    isDisguised ? accept.filter(({ normalized }) => !isExtension(normalized)) : accept,
  )
}

function isExtension(entry: string): boolean {
  return entry.startsWith('.')
}

/** Says why the rules refuse a request of so many files, or `undefined` when they allow it. */
export function countRefusalOf(
  count: number,
  { maxFiles }: ResolvedRules,
): SigningError | undefined {
  if (count <= maxFiles) return undefined
  return new SigningError('too-many-files', `At most ${maxFiles} files are allowed in one request.`)
}
