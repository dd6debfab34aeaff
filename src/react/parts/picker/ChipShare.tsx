'use client'

import { hasEnded } from '../../../upload/store/upload-record.js'
import { createItemPart } from '../../context/create-part.js'

/** How far a file is, while it is on its way: its picture says how it ended, and the name of its row says all in words. Renders a `<span>`. */
export const ChipShare = createItemPart(
  ['span', 'status', 's3u-status'],
  ({ file, state: { share } }, { format }) => ({
    own: { 'aria-hidden': true, children: format.percent(share) },
    isAbsent: hasEnded(file) || file.status === 'ready' || file.status === 'stored',
  }),
)
