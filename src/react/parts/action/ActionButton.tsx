'use client'

import type { ReactNode } from 'react'
import type { ActionState } from '../../base/data-attributes.js'
import type { PartProps } from '../../base/part-props.js'
import { createPart } from '../../context/create-part.js'
import { actionLabel } from '../../text/action-label.js'

interface Props extends ActionState, PartProps<'button', ActionState> {
  /** What it does; shown, or with an icon only spoken. */
  readonly text: string
  /** The file it acts on; its name is spoken after the text. */
  readonly file?: string | undefined
  readonly icon?: ReactNode
  onPress(): void
  /** Whether there is something for it to do. @default true */
  readonly isUsable?: boolean
  /** Whether it stays, disabled, while there is not. @default true */
  readonly keep?: boolean | undefined
}

/** A button that acts on a file, a notice or on all. Renders a `<button>`. */
export const ActionButton = createPart<'button', ActionState, Props>(
  ['button', 'action', 's3u-button'],
  (props, { translate, disabled }) => {
    const {
      action,
      look,
      text,
      file,
      icon,
      onPress,
      isUsable = true,
      keep = true,
      ...given
    } = props
    const name = actionLabel(text, file, translate)
    const own = {
      type: 'button',
      'aria-label': icon || name !== text ? name : undefined,
      title: icon ? text : undefined,
      disabled,
      'aria-disabled': isUsable ? undefined : true,
      onClick: isUsable ? onPress : undefined,
      children: icon ?? text,
    }
    const className = look === 'icon' ? 's3u-icon-button' : undefined
    return { state: { action, look }, className, given, own, isAbsent: !isUsable && !keep }
  },
)
