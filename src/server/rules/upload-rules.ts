import { type AcceptEntry, parseAcceptEntry } from '../../protocol/accepted-types.js'
import { formatSize, parseSize } from '../../protocol/byte-size.js'
import { isAccepted } from '../../protocol/is-accepted.js'
import { maxBatchSize } from '../../protocol/operations.js'
import type { RequestedFile } from '../contract/files.js'
import type { UploadRules } from '../contract/rules.js'
import { packageRefusal, type SigningError } from '../errors/signing-error.js'
import { isDisguisedScript } from './disguised-script.js'

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
type FileToCheck = Pick<RequestedFile, 'name' | 'type' | 'size'>

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
export function ruleViolation(file: FileToCheck, rules: ResolvedRules): SigningError | undefined {
  if (file.size > rules.maxFileSizeBytes) {
    const limit = formatSize(rules.maxFileSizeBytes)
    return packageRefusal(
      'file-too-large',
      `the file is larger than the ${limit} of rules.maxFileSize. Set maxFileSize of the page alike, or raise the rule.`,
    )
  }
  if (file.size > rules.storageLimitBytes) {
    const limit = formatSize(rules.storageLimitBytes)
    return packageRefusal(
      'file-too-large',
      `the file is larger than the ${limit} that the storage takes at most. Set maxFileSize of page and rules to less.`,
    )
  }
  if (file.size < rules.minFileSizeBytes) {
    const limit = formatSize(rules.minFileSizeBytes)
    return packageRefusal(
      'file-too-small',
      `the file is smaller than the ${limit} of rules.minFileSize. Set minFileSize of the page alike, or lower the rule.`,
    )
  }
  if (rules.accept !== undefined && !accepts(file, rules.accept)) {
    const accepted = rules.accept.map(({ text }) => text).join(', ')
    return packageRefusal(
      'file-type-not-accepted',
      `rules.accept takes only ${accepted}. Set accept of the page alike, or add the type to the rule.`,
    )
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

/** Says why the rules refuse a request of this many files, or `undefined` when they allow it. */
export function countViolation(
  count: number,
  { maxFiles }: ResolvedRules,
): SigningError | undefined {
  if (count <= maxFiles) return undefined
  return packageRefusal(
    'too-many-files',
    `rules.maxFiles allows ${maxFiles} files in one request. Set maxFiles of the page alike, or raise the rule.`,
  )
}
