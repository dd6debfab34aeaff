'use client'

import type { ReactNode } from 'react'
import type { ActionDataAttributes } from '../../base/data-attributes.js'
import { useUploader } from './UploaderContext.js'

interface IconButtonProps {
  readonly action: ActionDataAttributes['data-action']
  /** What the button does; with `file`, its name is spoken too. */
  readonly label: string
  readonly file?: string | undefined
  onClick(): void
  readonly children: ReactNode
}

/** A button that shows an icon and speaks a text. Renders a `<button>`. */
export function IconButton({ action, label, file, onClick, children }: IconButtonProps) {
  const { translate, disabled } = useUploader()
  // Some languages name the file in the action itself.
  const isNamed = !file || label.includes(file)
  const name = isNamed ? label : translate('actionOnFile', { action: label, file })
  return (
    <button
      type="button"
      className="s3u-icon-button"
      data-action={action}
      aria-label={name}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
