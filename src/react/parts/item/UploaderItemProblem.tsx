'use client'

import { forwardRef } from 'react'
import type { PartProps } from '../../base/part-props.js'
import { createItemPart } from '../../context/create-part.js'
import { isGrouped } from '../../context/grouped-failures.js'
import { useItemAround } from '../../context/ItemContext.js'
import type { ItemView } from '../../context/item-view.js'
import { useUploads } from '../../hooks/useUploads.js'

const look = ['p', 'itemProblem', 's3u-item-problem'] as const

/**
 * Says what went wrong with the file, last or for good; of several files that failed for one cause, `Uploader.Notices` says it
 * once. Renders a `<p>`.
 */
export const UploaderItemProblem = forwardRef<HTMLParagraphElement, PartProps<'p', object>>(
  function UploaderItemProblem(given, ref) {
    const Problem = useItemAround()?.file.status === 'failed' ? FailedProblem : PassingProblem
    return <Problem {...given} ref={ref} />
  },
)

const PassingProblem = createItemPart(look, problemPart)

const FailedProblem = createItemPart(look, function useFailedProblem(item, { uploads, notices }) {
  const isSaidOnce = useUploads(
    uploads,
    ({ summary }) => notices.shown > 0 && isGrouped(item.file, summary),
  )
  const { own, isAbsent } = problemPart(item)
  return { own, isAbsent: isAbsent || isSaidOnce }
})

function problemPart({ text }: ItemView) {
  return { own: { children: <bdi>{text.problem}</bdi> }, isAbsent: !text.problem }
}
