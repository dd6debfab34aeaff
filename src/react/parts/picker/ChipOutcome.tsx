'use client'

import { createItemPart } from '../../context/create-part.js'
import { Icon } from '../elements/Icon.js'

/** How far a file is, in the room of two letters; the name of its row says it in words. Renders a `<span>`. */
export const ChipOutcome = createItemPart(
  ['span', 'status', 's3u-status'],
  ({ file: { status }, state: { share } }, { format }) => {
    const outcome = status === 'complete' ? 'check' : status === 'failed' && 'error'
    const children = outcome ? <Icon name={outcome} /> : format.percent(share)
    const isAbsent = status === 'ready' || status === 'stored'
    return { own: { 'aria-hidden': true, children }, isAbsent }
  },
)
