'use client'

import { memo } from 'react'
import type { RejectedFiles as RejectedGroup } from '../../upload/store/rejected-files.js'
import { useUploader } from '../UploaderContext.js'
import { Button } from './Button.js'
import { IconButton } from './IconButton.js'
import { AlertIcon, CloseIcon } from './icons.js'

export interface RejectedFilesProps {
  readonly rejected: readonly RejectedGroup[]
}

/** Dropping a folder of the wrong type must not fill the page, nor be read out for minutes. */
const shownAtMost = 4

/** Says what was not taken last and why, until it is dismissed. Renders a `<div>` with an alert for each. */
export const RejectedFiles = memo(function RejectedFiles({ rejected }: RejectedFilesProps) {
  const { actions, translate } = useUploader()
  const more = rejected.slice(0, -shownAtMost).reduce((sum, { count }) => sum + (count || 1), 0)

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

function Rejection({ file: group }: { readonly file: RejectedGroup }) {
  const { actions, translate } = useUploader()
  const { id, message, names, count, isNamed } = group
  const [first] = names
  const isWhole = first === undefined || (count === 1 && isNamed)
  const text = isWhole
    ? message
    : translate('fileAndReason', { file: nameList(group), reason: message })

  return (
    <div className="s3u-rejection">
      <AlertIcon />
      <p role="alert">
        <bdi>{text}</bdi>
      </p>
      <IconButton
        action="dismiss"
        label={translate('dismiss')}
        file={count === 1 ? first : undefined}
        onClick={() => actions.dismiss(id)}
      >
        <CloseIcon />
      </IconButton>
    </div>
  )
}

/** The first names, and how many more there are. */
function nameList({ names, count }: RejectedGroup): string {
  const shown = names.slice(0, shownAtMost)
  return [...shown, ...(count > shown.length ? [`+${count - shown.length}`] : [])].join(', ')
}
