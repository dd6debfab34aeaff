'use client'

import {
  isActive,
  type UploadRecord,
  type UploadStatus,
} from '../../../upload/store/upload-record.js'
import { CloseIcon, PauseIcon, ResumeIcon, RetryIcon } from '../elements/icons.js'
import { IconButton } from '../root/IconButton.js'
import { useUploader } from '../root/UploaderContext.js'

const pause = { action: 'pause', label: 'pauseUpload', Icon: PauseIcon } as const
const resume = { action: 'resume', label: 'resumeUpload', Icon: ResumeIcon } as const
const retry = { action: 'retry', label: 'retryUpload', Icon: RetryIcon } as const

/** What else than taking it away can be done with a file. */
const mainActions: {
  readonly [Status in UploadStatus]?: typeof pause | typeof resume | typeof retry
} = { waiting: pause, uploading: pause, paused: resume, failed: retry }

/** The buttons of one file. Renders a `<div>`. */
export function UploadListItemActions({ file }: { readonly file: UploadRecord }) {
  const { actions, translate } = useUploader()
  const { id, name, status } = file
  const main = mainActions[status]
  const isUnderWay = isActive(file) || status === 'paused'

  return (
    <div className="s3u-item-actions">
      {/* One element whatever it does, so that the focus stays on it. */}
      {main && (
        <IconButton
          action={main.action}
          label={translate(main.label, { file: name })}
          file={name}
          onClick={() => actions[main.action](id)}
        >
          <main.Icon />
        </IconButton>
      )}
      <IconButton
        action="remove"
        label={translate(isUnderWay ? 'cancelUpload' : 'removeFile', { file: name })}
        file={name}
        onClick={() => actions.remove(id)}
      >
        <CloseIcon />
      </IconButton>
    </div>
  )
}
