'use client'

import { createItemPart } from '../../context/create-part.js'
import { DotList } from '../elements/DotList.js'

/** Size and state of the file, with its progress. Renders a `<p>`. */
export const UploaderItemFacts = createItemPart(
  ['p', 'itemFacts', 's3u-item-facts'],
  ({ text }) => ({
    own: { children: <DotList facts={text.facts} /> },
  }),
)
