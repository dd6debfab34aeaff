import { registeredType } from './media-types.js'

/** One entry of an `accept` list. */
export interface AcceptEntry {
  /** As it was written. */
  readonly text: string
  /** As `<input accept>` knows it: `.jpg`, `image/jpeg`, `image/*`. */
  readonly normalized: string
}

const extensionEntry = /^(?:\*?\.)?([^\s,;/*.][^\s,;/*]*)$/
const mediaTypeEntry = /^([a-z0-9!#$&^_.+-]+|\*)\/([a-z0-9!#$&^_.+-]+|\*)$/

/** Somebody who writes one of these means all types of the kind. */
const kinds: ReadonlySet<string> = new Set([
  'application',
  'audio',
  'font',
  'image',
  'text',
  'video',
])

/**
 * Reads `.pdf`, `pdf`, `image/*` or `application/pdf`; anything else gives `undefined`.
 *
 * @see https://html.spec.whatwg.org/multipage/input.html#attr-input-accept
 */
export function parseAcceptEntry(text: string): AcceptEntry | undefined {
  const entry = text.trim().toLowerCase()
  if (entry === '*') return { text, normalized: '*/*' }
  const extension = extensionEntry.exec(entry)?.[1]
  if (extension !== undefined) {
    if (kinds.has(entry)) return undefined
    return { text, normalized: `.${extension}` }
  }
  return parseMediaType(text, registeredType(entry))
}

function parseMediaType(text: string, normalized: string): AcceptEntry | undefined {
  const [, type, subtype] = mediaTypeEntry.exec(normalized) ?? []
  if (type === undefined || (type === '*' && subtype !== '*')) return undefined
  return { text, normalized }
}
