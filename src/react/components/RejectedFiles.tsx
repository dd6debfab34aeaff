'use client'

import { memo } from 'react'
import type { RejectedFile } from '../../upload/store/upload-store.js'
import { useUploader } from '../UploaderContext.js'
import { Button } from './Button.js'
import { IconButton } from './IconButton.js'
import { AlertIcon, CloseIcon } from './icons.js'

export interface RejectedFilesProps {
  readonly rejected: readonly RejectedFile[]
}

/** Dropping a folder of the wrong type must not fill the page, nor be read out for minutes. */
const shownAtMost = 4

/** Says what was not taken last and why, until it is dismissed. Renders a `<div>` with an alert for each. */
export const RejectedFiles = memo(function RejectedFiles({ rejected }: RejectedFilesProps) {
  const { actions, translate } = useUploader()
  const more = rejected.length - shownAtMost

  return (
    <div className="s3u-rejected">
      {rejected.slice(-shownAtMost).map((file) => (
        <Rejection key={file.id} file={file} />
      ))}
      {more > 0 && (
        <div className="s3u-rejected-more">
          <span>{translate('xMoreRejected', { smart_count: more })}</span>
          <Button action="dismiss-all" onClick={() => actions.dismiss()}>
            {translate('dismissAll')}
          </Button>
        </div>
      )}
    </div>
  )
})

function Rejection({ file: { id, name, message } }: { readonly file: RejectedFile }) {
  const { actions, translate } = useUploader()
  const isNamed = name === undefined || message.includes(name)
  const text = isNamed ? message : translate('fileAndReason', { file: name, reason: message })

  return (
    <div className="s3u-rejection">
      <AlertIcon />
      <p role="alert">
        <bdi>{text}</bdi>
      </p>
      <IconButton
        action="dismiss"
        label={translate('dismiss')}
        file={name}
        onClick={() => actions.dismiss(id)}
      >
        <CloseIcon />
      </IconButton>
    </div>
  )
}
