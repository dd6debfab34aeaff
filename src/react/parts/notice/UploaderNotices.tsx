'use client'

import { Fragment, memo, type ReactNode } from 'react'
import type { PartProps } from '../../base/part-props.js'
import { useBeforePaint } from '../../base/useBeforePaint.js'
import { createPart } from '../../context/create-part.js'
import { useRoot } from '../../context/UploaderContext.js'
import { useClassNames } from '../../context/usePart.js'
import { ActionButton } from '../action/ActionButton.js'
import { UploaderNotice } from './UploaderNotice.js'
import { type Notice, useNotices } from './useNotices.js'

/** Props of `Uploader.Notices`. */
interface NoticesProps extends Omit<PartProps<'div', object>, 'children'> {
  /** Makes a notice. @default an `Uploader.Notice` */
  readonly children?: ((notice: Notice) => ReactNode) | undefined
}

/** Says what holds for several files, and which files were left out and why; there while there is something to say. Renders a `<div>`. */
export const UploaderNotices = memo(
  createPart<'div', object, NoticesProps>(
    ['div', 'notices', 's3u-notices'],
    function useNoticesPart({ children: renderNotice = usualNotice, ...given }, root) {
      const { notices, more } = useNotices(root)
      const { notices: parts } = root
      useBeforePaint(() => {
        parts.shown += 1
        return () => {
          parts.shown -= 1
        }
      }, [parts])
      const children = (
        <>
          {notices.map((notice) => (
            <Fragment key={notice.id}>{renderNotice(notice)}</Fragment>
          ))}
          {more > 0 && <MoreRejected count={more} />}
        </>
      )
      const hasRejections = notices.some(({ kind }) => kind === 'error')
      const className = hasRejections ? 's3u-notices s3u-rejected' : undefined
      return { className, given, own: { children }, isAbsent: notices.length === 0 }
    },
  ),
)

function usualNotice(notice: Notice) {
  return <UploaderNotice notice={notice} />
}

function MoreRejected({ count }: { readonly count: number }) {
  const { actions, translate } = useRoot()
  const classOf = useClassNames()
  return (
    <div className={classOf('s3u-rejected-more')}>
      <span>{translate('xMoreNotAdded', { smart_count: count })}</span>
      <ActionButton
        action="dismiss-all"
        look="button"
        text={translate('hideAll')}
        onPress={() => actions.dismiss()}
      />
    </div>
  )
}
