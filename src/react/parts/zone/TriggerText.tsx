'use client'

import { createPart } from '../../context/create-part.js'
import { useCore } from '../../context/UploaderContext.js'
import { useClassNames } from '../../context/usePart.js'
import { splitInvitation } from '../../text/translate.js'
import { describeDrag } from './describe-drag.js'

/** Invites to add files, and while they hover to let go of them. Renders a `<span>`. */
export const TriggerText = createPart(
  ['span', 'triggerText', 's3u-trigger-text'],
  function useTriggerText(_, root) {
    const { ids, translate, restrictions } = root
    const classOf = useClassNames()
    const isForOne = restrictions.maxNumberOfFiles === 1
    const [before, link, after] = splitInvitation(
      translate,
      isForOne ? 'dropOneFile' : 'dropPasteFiles',
    )
    const invitation = (
      <>
        {before}
        <span className={classOf('s3u-link')}>{link}</span>
        {after}
      </>
    )
    const { dragged } = useCore()
    const children = dragged ? describeDrag(dragged, root) : invitation
    return { own: { id: `${ids.base}-text`, children } }
  },
)
