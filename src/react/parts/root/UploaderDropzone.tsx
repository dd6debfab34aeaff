'use client'

import { type ComponentPropsWithRef, useId } from 'react'
import type { UppyRestrictions } from '../../options/uppy-options.js'
import { describeTypes } from '../../text/accept-description.js'
import { splitInvitation } from '../../text/translate.js'
import { DotList } from '../elements/DotList.js'
import { UploadIcon } from '../elements/icons.js'
import { useUploader } from './UploaderContext.js'

interface UploaderDropzoneProps {
  readonly triggerProps: ComponentPropsWithRef<'button'>
  readonly inputProps: ComponentPropsWithRef<'input'>
  readonly isDraggingOver: boolean
  readonly restrictions: UppyRestrictions
  /** Why a form with this uploader in it cannot be sent. */
  readonly validationMessage: string | undefined
}

/** The button that opens the file dialog, and says that files can be dropped. Renders a `<div>` with a `<button>`. */
export function UploaderDropzone({
  triggerProps,
  inputProps,
  isDraggingOver,
  restrictions,
  validationMessage,
}: UploaderDropzoneProps) {
  const { translate } = useUploader()
  const id = useId()
  const hints = useHints(restrictions)
  const descriptions = [hints.length > 0 && `${id}-hint`, validationMessage && `${id}-problem`]

  return (
    <div className="s3u-zone">
      <input {...inputProps} />
      <button
        {...triggerProps}
        className="s3u-trigger"
        aria-describedby={descriptions.filter(Boolean).join(' ') || undefined}
      >
        <span className="s3u-trigger-icon">
          <UploadIcon />
        </span>
        <span className="s3u-trigger-text">
          {isDraggingOver ? (
            translate('dropHint')
          ) : (
            <Invitation isForOne={restrictions.maxNumberOfFiles === 1} />
          )}
        </span>
        {hints.length > 0 && (
          <span className="s3u-hint" id={`${id}-hint`} aria-hidden="true">
            <DotList facts={hints} />
          </span>
        )}
      </button>
      {validationMessage && (
        <p className="s3u-problem" id={`${id}-problem`} role="alert">
          {validationMessage}
        </p>
      )}
    </div>
  )
}

function Invitation({ isForOne }: { readonly isForOne: boolean }) {
  const { translate } = useUploader()
  const text = isForOne ? 'dropOneFile' : 'dropPasteFiles'
  const [before, link, after] = splitInvitation(translate, text)
  return (
    <>
      {before}
      <span className="s3u-link">{link}</span>
      {after}
    </>
  )
}

/** The restrictions in words: `images, PDF`, `up to 10 MB each`, `up to 20 files`. */
function useHints(restrictions: UppyRestrictions): string[] {
  const { translate, format } = useUploader()
  const { allowedFileTypes, maxFileSize, maxNumberOfFiles } = restrictions
  const hints: string[] = []
  if (allowedFileTypes) {
    hints.push(describeTypes(allowedFileTypes, translate, format))
  }
  if (maxFileSize) hints.push(translate('hintSize', { size: format.bytes(maxFileSize) }))
  if (maxNumberOfFiles) hints.push(translate('hintCount', { smart_count: maxNumberOfFiles }))
  return hints
}
