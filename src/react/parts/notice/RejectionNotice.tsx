'use client'

import { memo } from 'react'
import type { RejectedFiles } from '../../../upload/store/rejected-files.js'
import { describeRejection } from '../../text/describe-rejection.js'
import { AlertIcon, CloseIcon } from '../elements/icons.js'
import { Button } from '../root/Button.js'
import { IconButton } from '../root/IconButton.js'
import { useUploader } from '../root/UploaderContext.js'

interface RejectionNoticeProps {
  readonly rejected: readonly RejectedFiles[]
}

/** What is left out for many reasons must not fill the page. */
const shownAtMost = 4

/** Says which files were rejected and why, until that is dismissed. The announcer speaks it. Renders a `<div>`. */
export const RejectionNotice = memo(function RejectionNotice({ rejected }: RejectionNoticeProps) {
  const { actions, translate } = useUploader()
  const more = rejected.slice(0, -shownAtMost).reduce((sum, { count }) => sum + (count || 1), 0)

  return (
    <div className="s3u-rejected">
      {rejected.slice(-shownAtMost).map((group) => (
        <Rejection key={group.id} group={group} />
      ))}
      {more > 0 && (
        <div className="s3u-rejected-more">
          <span>{translate('xMoreNotAdded', { smart_count: more })}</span>
          <Button action="dismiss-all" onClick={() => actions.dismiss()}>
            {translate('hideAll')}
          </Button>
        </div>
      )}
    </div>
  )
})

function Rejection({ group }: { readonly group: RejectedFiles }) {
  const { actions, translate, format } = useUploader()
  const { id, names, count } = group

  return (
    <div className="s3u-rejection">
      <AlertIcon />
      <p>
        <bdi>{describeRejection(group, { translate, format })}</bdi>
      </p>
      <IconButton
        action="dismiss"
        label={translate('hide')}
        file={count === 1 ? names[0] : undefined}
        onClick={() => actions.dismiss(id)}
      >
        <CloseIcon />
      </IconButton>
    </div>
  )
}
