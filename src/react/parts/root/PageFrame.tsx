'use client'

import { useCore, useRoot } from '../../context/UploaderContext.js'
import { useClassNames } from '../../context/usePart.js'
import { describeDrag } from '../zone/describe-drag.js'

/** Frames the window while files are dragged over it that it takes. Renders a `<div>` that is hidden from screen readers. */
export function PageFrame() {
  const root = useRoot()
  const { dragged } = useCore()
  const classOf = useClassNames()
  if (!dragged) return null
  return (
    <div className={classOf('s3u-page-frame')} data-part="pageFrame" aria-hidden>
      <p className={classOf('s3u-page-frame-text')}>{describeDrag(dragged, root)}</p>
    </div>
  )
}
