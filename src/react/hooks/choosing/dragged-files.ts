import type { AcceptEntry } from '../../../protocol/accepted-types.js'
import { registeredType } from '../../../protocol/media-types.js'

/** What is dragged over a drop target, as far as the browser tells. */
export interface DraggedFiles {
  /** How many files. */
  readonly count: number | undefined
  /** Whether one of them may be taken. */
  readonly isFitting: boolean
}

/** What browsers say of a file whose type they keep to themselves until it is dropped; a folder has no type at all. */
const unknownTypes = /^$|^application\/(?:x-moz-file|octet-stream|x-unknown)$/

/** Looks at a drag; only a type that the browser tells can speak against a file. */
export function lookAtDrag(
  { items }: DataTransfer,
  accepted: readonly AcceptEntry[] | undefined,
): DraggedFiles {
  const types = [...(items ?? [])].flatMap(({ kind, type }) =>
    kind === 'file' ? (type ?? '') : [],
  )
  if (types.length === 0 || types.some((type) => unknownTypes.test(type))) return unknownFiles
  const isFitting = !accepted || types.some((type) => mayFit(type, accepted))
  return { count: types.length, isFitting }
}

const unknownFiles: DraggedFiles = { count: undefined, isFitting: true }

/** A name, which a drag does not tell, may have the extension. */
function mayFit(type: string, accepted: readonly AcceptEntry[]): boolean {
  return accepted.some(
    ({ normalized: entry }) =>
      entry.startsWith('.') || `${registeredType(type)}/`.startsWith(entry.replace('*', '')),
  )
}
