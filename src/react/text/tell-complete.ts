import type { UploadSummary } from '../../upload/store/upload-summary.js'
import type { Translate } from './messages.js'

/** How many files are in the bucket: `2 of 5 files uploaded`, `All 5 files uploaded`. */
export function tellComplete(
  { total, counts: { complete } }: UploadSummary,
  translate: Translate<'allUploaded' | 'filesUploadedOfTotal'>,
): string {
  const text = complete === total ? 'allUploaded' : 'filesUploadedOfTotal'
  return translate(text, { complete, smart_count: total })
}
