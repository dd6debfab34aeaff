'use client'

import { memo, useId } from 'react'
import type { InterruptedUpload } from '../../../upload/store/upload-store.js'
import { DotList } from '../elements/DotList.js'
import { FileName } from '../elements/FileName.js'
import { CloseIcon, FileIcon } from '../elements/icons.js'
import { Button } from '../root/Button.js'
import { IconButton } from '../root/IconButton.js'
import { useUploader } from '../root/UploaderContext.js'

interface InterruptedListProps {
  readonly interrupted: readonly InterruptedUpload[]
}

/** Lists interrupted uploads, each to be continued or discarded. Renders a `<div>` with a `<ul>`. */
export const InterruptedList = memo(function InterruptedList({
  interrupted,
}: InterruptedListProps) {
  const { translate } = useUploader()
  const id = useId()
  return (
    <div className="s3u-interrupted">
      <p className="s3u-interrupted-title" id={id}>
        {translate('interruptedTitle', { smart_count: interrupted.length })}
      </p>
      {/* Safari takes a list without bullets for no list; the role says it is one. */}
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <ul className="s3u-list" role="list" aria-labelledby={id}>
        {interrupted.map((upload) => (
          <Interrupted key={upload.uploadId} upload={upload} />
        ))}
      </ul>
    </div>
  )
})

function Interrupted({ upload }: { readonly upload: InterruptedUpload }) {
  const { actions, translate, format } = useUploader()
  const { uploadId, name, size, relativePath, canReopen } = upload
  const id = useId()
  const facts = [format.bytes(size)]
  if (!canReopen) facts.push(translate('chooseAgain'))

  return (
    <li className="s3u-item" aria-labelledby={`${id}-name ${id}-facts`}>
      <span className="s3u-item-icon">
        <FileIcon type="" />
      </span>
      <div className="s3u-item-text">
        <FileName id={`${id}-name`} name={name} relativePath={relativePath} />
        <p className="s3u-item-facts" id={`${id}-facts`}>
          <DotList facts={facts} />
        </p>
      </div>
      <div className="s3u-item-actions">
        {canReopen && (
          <Button
            action="continue"
            file={name}
            onClick={() => actions.continueInterrupted(uploadId)}
          >
            {translate('continueUpload')}
          </Button>
        )}
        <IconButton
          action="discard"
          label={translate('discardUpload')}
          file={name}
          onClick={() => actions.discardInterrupted(uploadId)}
        >
          <CloseIcon />
        </IconButton>
      </div>
    </li>
  )
}
