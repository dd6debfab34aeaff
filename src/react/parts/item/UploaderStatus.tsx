'use client'

import { createItemPart } from '../../context/create-part.js'
import { useStatusNow } from '../../context/useStatusNow.js'

/** The state of the file in words, with its progress. Renders a `<span>`. */
export const UploaderStatus = createItemPart(
  ['span', 'status', 's3u-status'],
  function useStatus(item) {
    return { own: { children: useStatusNow(item) } }
  },
)
