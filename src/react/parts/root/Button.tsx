'use client'

import type { ActionDataAttributes } from '../../base/data-attributes.js'
import { useUploader } from './UploaderContext.js'

interface ButtonProps {
  readonly action: ActionDataAttributes['data-action']
  /** The file it acts on; its name is spoken after the text. */
  readonly file?: string | undefined
  onClick(): void
  readonly children: string
}

/** A button with a text. Renders a `<button>`. */
export function Button({ action, file, onClick, children }: ButtonProps) {
  const { translate, disabled } = useUploader()
  const name = file && translate('actionOnFile', { action: children, file })
  return (
    <button
      type="button"
      className="s3u-button"
      data-action={action}
      aria-label={name}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
