import type { DownloadTerms } from '../contract/downloads.js'
import {
  failedChecks,
  isHeaderValue,
  isPlainObject,
  isText,
  type OptionCheck,
  optional,
  unknownNames,
} from './checks.js'

const termChecks: Readonly<Record<keyof DownloadTerms, OptionCheck>> = {
  name: [optional(isText), 'must be text that is not empty, or left out.'],
  contentType: [
    optional(isHeaderValue),
    "must be a media type such as 'application/pdf', or left out.",
  ],
  allowInline: [
    optional((value) => typeof value === 'boolean'),
    'must be true or false, or left out.',
  ],
}

/** Lists why a permission is none: what says "no" in its own way, such as `{ allowed: false }`, must not pass for "yes". */
export function termsProblems(permission: unknown): string[] {
  if (!isPlainObject(permission)) {
    return [
      'it is neither true nor terms such as { name: "Invoice.pdf" }. Return nothing to refuse.',
    ]
  }
  return [
    ...failedChecks(permission, termChecks, ''),
    ...unknownNames(permission, { checks: termChecks, path: '' }),
  ]
}
