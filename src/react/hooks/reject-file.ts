import type { RejectionReason } from '../../upload/store/rejected-files.js'
import { RejectionError } from '../../uppy/rejections.js'
import type { AnyUppy } from '../options/s3-uploader-options.js'
import type { Translate } from '../text/messages.js'

/** What is said of a file that the browser does not give, and of a folder without files. */
export interface FileRefusal {
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

/** Lists a file as not taken; through Uppy's own event, so that its other listeners hear it too. */
export function refuseFile(
  uppy: AnyUppy,
  { file, reason }: FileRefusal,
  translate: Translate<'fileAndReason' | FileRefusal['reason']>,
): void {
  const why = translate(reason)
  const message = file ? translate('fileAndReason', { file, reason: why }) : why
  const facts = { reason: reasons[reason], name: file, why }
  uppy.emit('restriction-failed', undefined, new RejectionError(message, facts))
}
