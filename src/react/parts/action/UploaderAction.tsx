'use client'

import { type ForwardedRef, forwardRef } from 'react'
import type { ActionState } from '../../base/data-attributes.js'
import type { PartProps } from '../../base/part-props.js'
import { useItemAround } from '../../context/ItemContext.js'
import {
  actionNow,
  canDo,
  type ItemAction,
  isItemAction,
  itemActionText,
} from '../../context/item-actions.js'
import type { ItemView } from '../../context/item-view.js'
import { useRoot } from '../../context/UploaderContext.js'
import { useSummary } from '../../context/useSummary.js'
import { useUploads } from '../../hooks/useUploads.js'
import { Icon } from '../elements/Icon.js'
import { ActionButton } from './ActionButton.js'
import { canDoOnAll, type ListAction, listActionNow, listActions } from './list-actions.js'

/** Props of `Uploader.Action`. */
interface UploaderActionProps extends PartProps<'button', ActionState> {
  /**
   * What it does: with one file, within `Uploader.Item`, `pause`, `resume`, `retry`, `remove` or `download`; elsewhere with all,
   * `start`, `pause-all`, `resume-all`, `retry-all`, `cancel-all`, `remove-all`, `clear` or `undo`. `pause` and `pause-all` also go on with what is paused, and `pause`
   * tries a failed file again: one button, which keeps the focus.
   */
  readonly action: ItemAction | ListAction
  /** Whether it stays, disabled, while there is nothing for it to do. @default false */
  readonly keep?: boolean | undefined
}

/** A button for one file or for all, which is there while it has something to do. Renders a `<button>`. */
export const UploaderAction = forwardRef<HTMLButtonElement, UploaderActionProps>(
  function UploaderAction({ action, ...props }, ref) {
    const item = useItemAround()
    if (item && isItemAction(action)) {
      return <ItemButton {...props} action={action} item={item} elementRef={ref} />
    }
    if (!item && !isItemAction(action)) {
      return <ListButton {...props} action={action} elementRef={ref} />
    }
    const such = item ? 'one file, such as "pause"' : 'all files, such as "pause-all"'
    throw new TypeError(`s3-direct-upload: "${action}" is no <Uploader.Action> on ${such}.`)
  },
)

interface ButtonProps<Action> extends Omit<UploaderActionProps, 'action'> {
  readonly action: Action
  readonly elementRef: ForwardedRef<HTMLButtonElement>
}

interface ItemButtonProps extends ButtonProps<ItemAction> {
  readonly item: ItemView
}

function ItemButton({ action: wanted, item, keep = false, elementRef, ...given }: ItemButtonProps) {
  const { translate, actions, readOnly } = useRoot('<Uploader.Action>')
  const { file } = item
  const action = actionNow(wanted, file)
  return (
    <ActionButton
      {...given}
      ref={elementRef}
      action={action}
      look="icon"
      text={itemActionText(action, file, translate)}
      file={file.name}
      icon={<Icon name={action} />}
      onPress={() => actions[action](file.id)}
      isUsable={canDo(action, file, { readOnly })}
      keep={keep}
    />
  )
}

function ListButton({
  action: wanted,
  keep = false,
  elementRef,
  ...given
}: ButtonProps<ListAction>) {
  const { translate, actions, canStart, readOnly, uploads } = useRoot('<Uploader.Action>')
  const summary = useSummary()
  const canUndo = useUploads(uploads, ({ removed }) => removed !== undefined)
  const action = listActionNow(wanted, summary)
  const [text, press] = listActions[action]
  return (
    <ActionButton
      {...given}
      ref={elementRef}
      action={action}
      look={action === 'start' ? 'main' : 'button'}
      text={translate(text, { smart_count: summary.counts.ready })}
      onPress={actions[press]}
      isUsable={!readOnly && canDoOnAll(action, { summary, canStart, canUndo })}
      keep={keep}
    />
  )
}
