import { isObject } from '../../protocol/is-object.js'
import { maxMetadataBytes, maxObjectTags } from '../../s3/limits.js'
import type { StorageOptions } from '../contract/storage-options.js'
import { encodeMetadataValue } from '../objects/storage-headers.js'
import {
  failedChecks,
  isHeaderValue,
  isPlainObject,
  isText,
  type OptionCheck,
  optional,
  unknownNames,
} from './checks.js'

const maxTagBytes = 2048
const maxTagNameLength = 128
const maxTagValueLength = 256
const metadataName = /^[A-Za-z0-9-]+$/
const tagText = /^[\p{L}\p{N}\p{Zs}+\-=._:/@]*$/u
const storageClassName = /^[A-Z][A-Z0-9_]*$/
const encoder = new TextEncoder()
const encryptions: readonly unknown[] = ['AES256', 'aws:kms', 'aws:kms:dsse']

const storageChecks: Readonly<Record<keyof StorageOptions, OptionCheck>> = {
  metadata: [
    optional(isMetadata),
    `must be an object of texts with names of letters, digits and hyphens that differ in more than case, ` +
      `at most ${maxMetadataBytes} bytes in all once encoded.`,
  ],
  tags: [
    optional(areTags),
    `must be an object of at most ${maxObjectTags} texts and ${maxTagBytes} bytes: names of 1 to ${maxTagNameLength} ` +
      `characters that do not begin with "aws:", values of at most ${maxTagValueLength}, ` +
      'both of letters, digits, spaces and + - = . _ : / @.',
  ],
  storageClass: [
    optional((value) => isText(value) && storageClassName.test(value)),
    "must be the name of a storage class such as 'STANDARD_IA', or left out.",
  ],
  serverSideEncryption: [
    optional((value) => encryptions.includes(value)),
    "must be 'AES256', 'aws:kms' or 'aws:kms:dsse', or left out.",
  ],
  kmsKeyId: [optional(isHeaderValue), 'must be the id or the ARN of a KMS key, or left out.'],
  cacheControl: [
    optional(isHeaderValue),
    "must be a Cache-Control header such as 'private, max-age=3600', with single blanks, or left out.",
  ],
  contentDisposition: [
    optional((value) => value === 'inline' || value === 'attachment'),
    "must be 'inline' or 'attachment', or left out.",
  ],
  downloadName: [optional(isText), 'must be a file name, or left out.'],
  allowScript: [
    optional((value) => typeof value === 'boolean'),
    'must be true or false, or left out.',
  ],
}

/** Lists what is wrong with storage options: the option, the reason and the way out. */
export function storageProblems(storage: unknown): string[] {
  if (!isPlainObject(storage)) {
    return ["storage: must be an object such as { cacheControl: 'no-store' }, or left out."]
  }
  const path = 'storage.'
  const known = Object.keys(storageChecks).map((name) => `${path}${name}`)
  const problems = [
    ...failedChecks(storage, storageChecks, path),
    ...unknownNames(storage, { checks: storageChecks, path, known }),
  ]
  // Every check passed, so the options have the types they claim.
  return problems.length > 0 ? problems : contradictions(storage as StorageOptions)
}

function contradictions(storage: StorageOptions): string[] {
  const { kmsKeyId, serverSideEncryption, downloadName, contentDisposition, allowScript } = storage
  const problems: string[] = []
  if (kmsKeyId !== undefined && !serverSideEncryption?.startsWith('aws:kms')) {
    problems.push("storage.kmsKeyId: needs serverSideEncryption: 'aws:kms' or 'aws:kms:dsse'.")
  }
  if (downloadName !== undefined && contentDisposition === undefined) {
    problems.push("storage.downloadName: needs contentDisposition: 'attachment' or 'inline'.")
  }
  if (allowScript && contentDisposition !== 'inline') {
    problems.push("storage.allowScript: means nothing without contentDisposition: 'inline'.")
  }
  return problems
}

function isMetadata(value: unknown): boolean {
  if (!isObject(value)) return false
  const entries = Object.entries(value)
  const names = new Set(entries.map(([name]) => name.toLowerCase()))
  if (names.size < entries.length) return false
  let bytes = 0
  for (const [name, text] of entries) {
    if (!metadataName.test(name) || typeof text !== 'string' || !text.isWellFormed()) return false
    bytes += name.length + encodeMetadataValue(text).length
  }
  return bytes <= maxMetadataBytes
}

function areTags(value: unknown): boolean {
  if (!isObject(value)) return false
  const entries = Object.entries(value)
  const bytes = entries.reduce(
    (total, [name, text]) => total + encoder.encode(`${name}${text}`).length,
    0,
  )
  return entries.length <= maxObjectTags && bytes <= maxTagBytes && entries.every(isTag)
}

function isTag([name, value]: readonly [string, unknown]): boolean {
  return (
    name !== '' &&
    name.length <= maxTagNameLength &&
    tagText.test(name) &&
    !name.toLowerCase().startsWith('aws:') &&
    typeof value === 'string' &&
    value.length <= maxTagValueLength &&
    tagText.test(value)
  )
}
