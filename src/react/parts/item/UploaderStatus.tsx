'use client'

import { createItemPart } from '../../context/create-part.js'

/** The state of the file in words, with its progress. Renders a `<span>`. */
export const UploaderStatus = createItemPart(['span', 'status', 's3u-status'], ({ text }) => ({
  own: { children: text.status },
}))
