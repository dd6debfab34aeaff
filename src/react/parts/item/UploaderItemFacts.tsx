'use client'

import { createItemPart } from '../../context/create-part.js'
import { useStatusNow } from '../../context/useStatusNow.js'
import { DotList } from '../elements/DotList.js'

/** Size and state of the file, with its progress. Renders a `<p>`. */
export const UploaderItemFacts = createItemPart(
  ['p', 'itemFacts', 's3u-item-facts'],
  function useItemFacts(item) {
    const status = useStatusNow(item)
    return { own: { children: <DotList facts={[item.text.size, status].filter(Boolean)} /> } }
  },
)
