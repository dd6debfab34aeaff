'use client'

import { createPart } from '../../context/create-part.js'
import { DotList } from '../elements/DotList.js'
import { hintsOf } from './hints.js'

/** Says which files are taken; renders nothing where all are. It describes the trigger. Renders a `<p>`. */
export const UploaderHint = createPart(['p', 'hint', 's3u-hint'], ({ children }, root) => {
  const hints = hintsOf(root)
  return {
    own: { id: `${root.ids.base}-hint`, children: <DotList facts={hints} /> },
    isAbsent: hints.length === 0 && children === undefined,
  }
})
