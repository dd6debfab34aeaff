import { isActive, type UploadRecord, type UploadStatus } from '../../upload/store/upload-record.js'
import type { Translate, UploaderMessageKey } from '../text/messages.js'

/** What can be done with one file. */
export type ItemAction = 'pause' | 'resume' | 'retry' | 'remove' | 'download'

const texts = {
  pause: 'pauseUpload',
  resume: 'resumeUpload',
  retry: 'retryUpload',
  remove: 'removeFile',
  download: 'download',
} as const satisfies Record<ItemAction, UploaderMessageKey>

/** Whether there is such an action on one file. */
export function isItemAction(action: string): action is ItemAction {
  return Object.hasOwn(texts, action)
}

/** What else than taking it away can be done with a file. */
const mainActions: { readonly [Status in UploadStatus]?: ItemAction } = {
  waiting: 'pause',
  uploading: 'pause',
  paused: 'resume',
  failed: 'retry',
}

/** Whether this can be done with the file as it is; where nothing may be changed, a file can still be downloaded. */
export function canDo(
  action: ItemAction,
  file: UploadRecord,
  { readOnly }: { readonly readOnly: boolean },
): boolean {
  if (action === 'download') return canDownload(file)
  if (readOnly || (file.status === 'stored' && file.isRemoving)) return false
  return action === 'remove' || mainActionOf(file) === action
}

/** A bundle stays one, however often it is tried. */
function mainActionOf(file: UploadRecord): ItemAction | undefined {
  const isBundle = file.status === 'failed' && file.error.code === 'file-package'
  return isBundle ? undefined : mainActions[file.status]
}

/** Whether a stored file has a URL, or its endpoint has not said yet that it gives none. */
function canDownload(file: UploadRecord): boolean {
  if (file.status !== 'stored') return false
  const { stored, problem } = file
  return (
    stored.href !== undefined || !/-(forbidden|unsupported-operation)$/.test(problem?.code ?? '')
  )
}

/** What a button does: one that pauses also resumes and tries again, so that the focus stays on it. */
export function actionNow(action: ItemAction, file: UploadRecord): ItemAction {
  return (action === 'pause' && mainActionOf(file)) || action
}

/** The text of a button for a file. */
export function itemActionText(
  action: ItemAction,
  file: UploadRecord,
  translate: Translate,
): string {
  const isUnderWay = isActive(file) || file.status === 'paused'
  const key = action === 'remove' && isUnderWay ? 'cancelUpload' : texts[action]
  return translate(key, { file: file.name })
}
