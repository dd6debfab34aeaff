'use client'

import { memo, useId } from 'react'
import type { InterruptedUpload } from '../../../upload/store/interrupted-upload.js'
import { rowLabel } from '../../context/item-view.js'
import { useRoot } from '../../context/UploaderContext.js'
import { useClassNames } from '../../context/usePart.js'
import { useUploads } from '../../hooks/useUploads.js'
import { ActionButton } from '../action/ActionButton.js'
import { DotList } from '../elements/DotList.js'
import { FileName } from '../elements/FileName.js'
import { Icon } from '../elements/Icon.js'

/** Lists interrupted uploads, each to be continued or discarded; there while there is one. Renders a `<div>` with a `<ul>`. */
export const InterruptedList = memo(function InterruptedList() {
  const { uploads, translate } = useRoot()
  const interrupted = useUploads(uploads, (store) => store.interrupted)
  const classOf = useClassNames()
  const id = useId()
  if (interrupted.length === 0) return null
  return (
    <div className={classOf('s3u-interrupted')}>
      <p className={classOf('s3u-interrupted-title')} id={id}>
        {translate('interruptedTitle', { smart_count: interrupted.length })}
      </p>
      {/* Safari takes a list without bullets for no list; the role says it is one. */}
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <ul className={classOf('s3u-list')} role="list" aria-labelledby={id}>
        {interrupted.map((upload) => (
          <Interrupted key={upload.uploadId} upload={upload} />
        ))}
      </ul>
    </div>
  )
})

function Interrupted({ upload }: { readonly upload: InterruptedUpload }) {
  const { actions, translate, format } = useRoot()
  const { uploadId, name, size, relativePath, canReopen } = upload
  const classOf = useClassNames()
  const facts = [format.bytes(size)]
  if (!canReopen) facts.push(translate('chooseAgain'))

  return (
    <li className={classOf('s3u-item')} data-part="item" aria-label={rowLabel(upload, facts)}>
      <span className={classOf('s3u-item-icon')}>
        <Icon name="other" />
      </span>
      <div className={classOf('s3u-item-text')}>
        <span className={classOf('s3u-item-name')} title={relativePath ?? name}>
          <FileName file={upload} />
        </span>
        <p className={classOf('s3u-item-facts')}>
          <DotList facts={facts} />
        </p>
      </div>
      <div className={classOf('s3u-item-actions')}>
        {canReopen && (
          <ActionButton
            action="continue"
            look="button"
            text={translate('continueUpload')}
            file={name}
            onPress={() => actions.continueInterrupted(uploadId)}
          />
        )}
        <ActionButton
          action="discard"
          look="icon"
          text={translate('discardUpload')}
          file={name}
          icon={<Icon name="remove" />}
          onPress={() => actions.discardInterrupted(uploadId)}
        />
      </div>
    </li>
  )
}
