import type { ComponentPropsWithoutRef } from 'react'
import type { UploadRecord } from '../../upload/store/upload-record.js'
import { dataAttributes, type FileKind } from '../base/data-attributes.js'
import type { UploadActions } from '../hooks/useUploadActions.js'
import { actionLabel } from '../text/action-label.js'
import { nameEnds } from '../text/name-ends.js'
import { isMoving, type StatusTexts } from '../text/upload-status-text.js'
import { actionNow, canDo, type ItemAction, itemActionText } from './item-actions.js'
import { type ItemText, viewItem } from './item-view.js'
import type { UploaderTexts } from './uploader-texts.js'

/** Props of a button for one file. */
type ItemActionProps = ComponentPropsWithoutRef<'button'> & { readonly 'data-action': ItemAction }

/** One file, as a row shows it and works with it. */
export interface UploadItem {
  readonly id: string
  readonly file: UploadRecord
  readonly kind: FileKind
  /** Share that is sent: 0 to 1, and 1 only when the server has confirmed it. */
  readonly share: number
  /** Whether all bytes are sent and the server is looking at them. */
  readonly isIndeterminate: boolean
  readonly text: ItemText & {
    /** In two pieces, of which the second, with the extension, is to stay whole. */
    readonly name: readonly [start: string, end: string]
  }
  /** What can be done with it now. */
  readonly can: Readonly<Record<ItemAction, boolean>>
  pause(): void
  resume(): void
  retry(): void
  /** Takes it from the list; its upload is cancelled. */
  remove(): void
  /** Downloads a stored file; call it in the handler of a click. */
  download(): void
  /** Props of the element that shows the file: name and state. */
  getItemProps(): ComponentPropsWithoutRef<'li'>
  /** Props of a button; `hidden` while there is nothing for it to do. `pause` also resumes and tries again. */
  getActionProps(action: ItemAction): ItemActionProps
  /** Props of its `<progress>`. */
  getProgressProps(): ComponentPropsWithoutRef<'progress'>
}

/** What a file is shown and worked with by. */
interface ItemSource extends UploaderTexts, StatusTexts {
  readonly actions: UploadActions
  readonly disabled: boolean
  readonly readOnly: boolean
}

/** Puts together what a row needs of a file. */
export function createUploadItem(file: UploadRecord, source: ItemSource): UploadItem {
  const { translate, format, actions, disabled, readOnly } = source
  const { id, name } = file
  const { state, text } = viewItem(file, source)
  const { share } = state
  const can = (action: ItemAction) => canDo(action, file, { readOnly })

  return {
    id,
    file,
    kind: state.kind,
    share,
    isIndeterminate: state.indeterminate,
    text: { ...text, name: nameEnds(name) },
    can: {
      pause: can('pause'),
      resume: can('resume'),
      retry: can('retry'),
      remove: can('remove'),
      download: can('download'),
    },
    pause: () => actions.pause(id),
    resume: () => actions.resume(id),
    retry: () => actions.retry(id),
    remove: () => actions.remove(id),
    download: () => actions.download(id),
    getItemProps: () => ({ 'aria-label': text.label, ...dataAttributes(state) }),
    getActionProps(wanted) {
      const action = actionNow(wanted, file)
      const title = itemActionText(action, file, translate)
      return {
        type: 'button',
        'data-action': action,
        'aria-label': actionLabel(title, name, translate),
        title,
        disabled,
        hidden: !can(action),
        onClick: () => actions[action](id),
      }
    },
    getProgressProps: () => ({
      value: share,
      hidden: !isMoving(file),
      'aria-label': translate('fileProgress', { file: name }),
      'aria-valuetext': format.percent(share),
    }),
  }
}
