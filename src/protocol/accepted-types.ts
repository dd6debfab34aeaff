import { mediaTypeOf, registeredType } from './media-types.js'

/** One entry of an `accept` list. */
export interface AcceptEntry {
  /** As it was written. */
  readonly text: string
  /** As `<input accept>` knows it: `.jpg`, `image/jpeg`, `image/*`. */
  readonly normalized: string
  readonly matches: (file: { readonly name: string; readonly type: string }) => boolean
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
  if (entry === '*') return { text, normalized: '*/*', matches: () => true }
  const extension = extensionEntry.exec(entry)?.[1]
  if (extension !== undefined) {
    if (kinds.has(entry)) return undefined
    const normalized = `.${extension}`
    return { text, normalized, matches: ({ name }) => name.toLowerCase().endsWith(normalized) }
  }
  return parseMediaType(text, registeredType(entry))
}

function parseMediaType(text: string, normalized: string): AcceptEntry | undefined {
  const [, type, subtype] = mediaTypeEntry.exec(normalized) ?? []
  if (type === undefined || (type === '*' && subtype !== '*')) return undefined
  if (type === '*') return { text, normalized, matches: () => true }
  const typeOf = (file: { readonly name: string; readonly type: string }) =>
    registeredType(mediaTypeOf(file))
  if (subtype === '*') {
    return { text, normalized, matches: (file) => typeOf(file).startsWith(`${type}/`) }
  }
  return { text, normalized, matches: (file) => typeOf(file) === normalized }
}

/** Tells whether a file fits one of the entries, by its media type or by its extension. */
export function isAccepted(
  file: { readonly name: string; readonly type: string },
  entries: readonly AcceptEntry[],
): boolean {
  return entries.some((entry) => entry.matches(file))
}
