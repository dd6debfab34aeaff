import { mediaTypeEssence } from '../objects/media-type.js'

/** One entry of an `accept` list. */
export interface AcceptEntry {
  /** As it was written. */
  readonly text: string
  readonly matches: (file: { readonly name: string; readonly type: string }) => boolean
}

const extensionEntry = /^\.[^\s,;/]+$/
const mediaTypeEntry = /^([a-z0-9!#$&^_.+-]+|\*)\/([a-z0-9!#$&^_.+-]+|\*)$/

/**
 * Reads `.pdf`, `image/*` or `application/pdf`; anything else gives `undefined`.
 *
 * @see https://html.spec.whatwg.org/multipage/input.html#attr-input-accept
 */
export function parseAcceptEntry(text: string): AcceptEntry | undefined {
  const entry = text.trim().toLowerCase()
  if (extensionEntry.test(entry)) {
    return { text, matches: ({ name }) => name.toLowerCase().endsWith(entry) }
  }
  const [, type, subtype] = mediaTypeEntry.exec(entry) ?? []
  if (type === undefined || (type === '*' && subtype !== '*')) return undefined
  if (type === '*') return { text, matches: () => true }
  if (subtype === '*') {
    return { text, matches: (file) => mediaTypeEssence(file.type).startsWith(`${type}/`) }
  }
  return { text, matches: (file) => mediaTypeEssence(file.type) === entry }
}

/** Tells whether a file fits one of the entries, by its media type or by its extension. */
export function isAccepted(
  file: { readonly name: string; readonly type: string },
  entries: readonly AcceptEntry[],
): boolean {
  return entries.some((entry) => entry.matches(file))
}
