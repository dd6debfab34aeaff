'use client'

import { createItemPart } from '../../context/create-part.js'

/** Says what went wrong with the file, last or for good. Renders a `<p>`. */
export const UploaderItemProblem = createItemPart(
  ['p', 'itemProblem', 's3u-item-problem'],
  ({ text }) => ({ own: { children: <bdi>{text.problem}</bdi> }, isAbsent: !text.problem }),
)
