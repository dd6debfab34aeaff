import { RestrictionError } from '@uppy/core'
import type { Translate } from './messages.js'
import type { AnyUppy } from './uploader-options.js'

/** What is said of a file that the browser does not give. */
export interface FileRefusal {
  readonly file: string
  readonly reason: 'unreadable' | 'cannotReopen' | 'noLongerUnfinished'
}

/** Lists a file as not taken; through Uppy's own event, so that its other listeners hear it too. */
export function refuseFile(
  uppy: AnyUppy,
  { file, reason }: FileRefusal,
  translate: Translate<'fileAndReason' | FileRefusal['reason']>,
): void {
  const message = translate('fileAndReason', { file, reason: translate(reason) })
  uppy.emit('restriction-failed', undefined, new RestrictionError(message))
}
