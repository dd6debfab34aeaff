import { isActive, type UploadRecord, type UploadStatus } from '../../upload/store/upload-record.js'
import type { Translate, UploaderMessageKey } from '../text/messages.js'

/** What can be done with one file. */
export type ItemAction = 'pause' | 'resume' | 'retry' | 'remove'

const labels = {
  pause: 'pauseUpload',
  resume: 'resumeUpload',
  retry: 'retryUpload',
  remove: 'removeFile',
} as const satisfies Record<ItemAction, UploaderMessageKey>

/** Whether there is such an action on one file. */
export function isItemAction(action: string): action is ItemAction {
  return Object.hasOwn(labels, action)
}

/** What else than taking it away can be done with a file. */
const mainActions: { readonly [Status in UploadStatus]?: ItemAction } = {
  waiting: 'pause',
  uploading: 'pause',
  paused: 'resume',
  failed: 'retry',
}

/** Whether this can be done with the file as it is. */
export function canDo(action: ItemAction, { status }: UploadRecord): boolean {
  return action === 'remove' || mainActions[status] === action
}

/** What a button does: one that pauses also resumes and tries again, so that the focus stays on it. */
export function actionNow(action: ItemAction, { status }: UploadRecord): ItemAction {
  return (action === 'pause' && mainActions[status]) || action
}

/** The text of a button for a file. */
export function itemActionText(
  action: ItemAction,
  file: UploadRecord,
  translate: Translate,
): string {
  const isUnderWay = isActive(file) || file.status === 'paused'
  const key = action === 'remove' && isUnderWay ? 'cancelUpload' : labels[action]
  return translate(key, { file: file.name })
}
