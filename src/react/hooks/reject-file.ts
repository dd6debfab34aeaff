import type { RejectionReason } from '../../upload/store/rejected-files.js'
import { RejectionError } from '../../uppy/rejections.js'
import type { AnyUppy } from '../options/s3-uploader-options.js'
import type { Translate } from '../text/messages.js'

/** A file that the browser cannot read, or a folder without files. */
export interface FileRejection {
  /** Absent for a drop that carries no file. */
  readonly file?: string | undefined
  readonly reason: keyof typeof reasons
}

const reasons = {
  unreadable: 'file-unreadable',
  cannotReopen: 'cannot-reopen',
  noLongerUnfinished: 'interrupted-gone',
  folderEmpty: 'folder-empty',
  nothingToUpload: 'nothing-to-upload',
  nothingDropped: 'nothing-dropped',
} as const satisfies Record<string, RejectionReason>

/** Lists a file as rejected. Uppy's own event carries it, so that other listeners hear of it too. */
export function rejectFile(
  uppy: AnyUppy,
  { file, reason }: FileRejection,
  translate: Translate<'fileAndReason' | FileRejection['reason']>,
): void {
  const why = translate(reason)
  const message = file ? translate('fileAndReason', { file, reason: why }) : why
  const facts = { reason: reasons[reason], name: file, why }
  uppy.emit('restriction-failed', undefined, new RejectionError(message, facts))
}
