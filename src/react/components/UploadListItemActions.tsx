'use client'

import { isActive, type UploadRecord } from '../../upload/store/upload-record.js'
import { useUploader } from '../UploaderContext.js'
import { IconButton } from './IconButton.js'
import { CloseIcon, RetryIcon } from './icons.js'

/** The buttons of one file. Renders a `<div>`. */
export function UploadListItemActions({ file }: { readonly file: UploadRecord }) {
  const { actions, translate } = useUploader()
  const { id, name, status } = file
  const isUnderWay = isActive(file) || status === 'paused'

  return (
    <div className="s3u-item-actions">
      {status === 'failed' && (
        <IconButton
          action="retry"
          label={translate('retryUpload')}
          file={name}
          onClick={() => actions.retry(id)}
        >
          <RetryIcon />
        </IconButton>
      )}
      <IconButton
        action="remove"
        label={translate(isUnderWay ? 'cancelUpload' : 'removeFile')}
        file={name}
        onClick={() => actions.remove(id)}
      >
        <CloseIcon />
      </IconButton>
    </div>
  )
}
