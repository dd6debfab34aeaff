import type { FileKind } from '../base/data-attributes.js'

/** Of media types, the first that fits. */
const patterns: readonly (readonly [FileKind, RegExp])[] = [
  ['pdf', /pdf/],
  ['spreadsheet', /sheet|excel|csv/],
  ['archive', /zip|tar|compressed/],
  ['document', /word|document|rtf|plain/],
  ['code', /json|xml|html|css|script/],
]

/** What a file is, by its media type. */
export function kindOf(type: string): FileKind {
  const [kind] = type.split('/')
  if (kind === 'image' || kind === 'video' || kind === 'audio') return kind
  return patterns.find(([, pattern]) => pattern.test(type))?.[0] ?? 'other'
}
