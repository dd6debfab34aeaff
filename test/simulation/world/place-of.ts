import type { FileRange } from '../page/blob.js'

/** Where in its file a request's bytes are. */
export type Place = 'whole' | 'first' | 'middle' | 'last'

/** Says where in their file bytes are. */
export function placeOf({ start, end, fileSize }: FileRange): Place {
  if (start === 0) return end === fileSize ? 'whole' : 'first'
  return end === fileSize ? 'last' : 'middle'
}
