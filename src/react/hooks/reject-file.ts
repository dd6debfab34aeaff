import type { Rejection } from '../../upload/store/rejected-files.js'
import { RejectionError } from '../../uppy/intake/rejection-error.js'
import type { AnyUppy } from '../options/s3-uploader-options.js'
import type { Translate } from '../text/messages.js'
import { type ReasonMessage, reasonMessage } from '../text/rejection-message.js'

/** Lists a file as rejected. Uppy's own event carries it, so that other listeners hear of it too. */
export function rejectFile(
  uppy: AnyUppy,
  rejection: Pick<Rejection, 'reason' | 'name'>,
  translate: Translate<'fileAndReason' | ReasonMessage>,
): void {
  const { reason, name: file } = rejection
  const why = translate(reasonMessage(reason))
  const message = file ? translate('fileAndReason', { file, reason: why }) : why
  uppy.emit('restriction-failed', undefined, new RejectionError(message, rejection))
}
