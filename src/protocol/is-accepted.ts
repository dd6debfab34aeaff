import type { AcceptEntry } from './accepted-types.js'
import { mediaTypeOf } from './file-media-type.js'
import { registeredType } from './media-types.js'

/** What tells the type of a file. */
interface TypedFile {
  readonly name: string
  readonly type: string
}

/** Tells whether a file fits one of the entries, by its media type or by its extension. */
export function isAccepted(file: TypedFile, entries: readonly AcceptEntry[]): boolean {
  return entries.some(({ normalized }) => fits(file, normalized))
}

function fits(file: TypedFile, entry: string): boolean {
  if (entry === '*/*') return true
  if (entry.startsWith('.')) return file.name.toLowerCase().endsWith(entry)
  const type = registeredType(mediaTypeOf(file))
  return entry.endsWith('/*') ? type.startsWith(entry.slice(0, -1)) : type === entry
}
