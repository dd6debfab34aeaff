import { isActive, type UploadRecord } from '../../upload/store/upload-record.js'
import type { ItemState } from '../base/data-attributes.js'
import { kindOf } from '../text/file-kind.js'
import { describeStatus, problemOf, type StatusTexts, shareOf } from '../text/upload-status-text.js'
import type { UploaderTexts } from './uploader-texts.js'

/** What a row shows of a file. */
export interface ItemView {
  readonly file: UploadRecord
  readonly state: ItemState
  readonly text: ItemText
}

/** A file in words. */
export interface ItemText {
  /** Empty where it is not known of a stored file. */
  readonly size: string
  readonly status: string
  /** Size and status. */
  readonly facts: readonly string[]
  /** What went wrong with it, last or for good. */
  readonly problem: string | undefined
  /** Name and facts in one line, as the name of a row. */
  readonly label: string
}

/** Puts a file into words. */
export function viewItem(
  file: UploadRecord,
  { explain, ...texts }: UploaderTexts & StatusTexts,
): ItemView {
  const error = problemOf(file)
  const isSized = file.status !== 'stored' || file.stored.size !== undefined
  const size = isSized ? texts.format.bytes(file.size) : ''
  const status = describeStatus(file, texts)
  const state = {
    status: file.status,
    kind: kindOf(file.type),
    retrying: isActive(file) && error !== undefined,
    indeterminate: file.status === 'finishing',
    reason: 'reason' in file ? file.reason : undefined,
    share: shareOf(file),
  }
  const facts = [size, status].filter(Boolean)
  const label = rowLabel(file, facts)
  const problem = error && explain(error)
  return { file, state, text: { size, status, facts, problem, label } }
}

/** The name of a row: that of the file, after the folders it came in, and what is said of it. */
export function rowLabel(
  { name, relativePath }: Pick<UploadRecord, 'name' | 'relativePath'>,
  facts: readonly string[],
): string {
  return `${relativePath ?? name} ${facts.join(' · ')}`
}
