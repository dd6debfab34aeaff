'use client'

import { forwardRef } from 'react'
import { countUnderWay } from '../../../upload/store/upload-summary.js'
import type { ProgressState } from '../../base/data-attributes.js'
import type { PartProps } from '../../base/part-props.js'
import { createItemPart, createPart } from '../../context/create-part.js'
import { useItemAround } from '../../context/ItemContext.js'
import type { UploaderTexts } from '../../context/uploader-texts.js'
import { useSummary } from '../../context/useSummary.js'
import { totalShareOf } from '../../hooks/total-progress.js'
import { isMoving } from '../../text/upload-status-text.js'

const look = ['progress', 'progress', 's3u-progress'] as const

/** How far the file around it is, else all files; there while something is under way. Renders a `<progress>`. */
export const UploaderProgress = forwardRef<
  HTMLProgressElement,
  PartProps<'progress', ProgressState>
>(function UploaderProgress(given, ref) {
  const Bar = useItemAround() ? ItemProgress : TotalProgress
  return <Bar {...given} ref={ref} />
})

const ItemProgress = createItemPart<'progress', ProgressState>(look, ({ file, state }, texts) => ({
  ...bar(texts.translate('fileProgress', { file: file.name }), state, texts),
  isAbsent: !isMoving(file),
}))

const TotalProgress = createPart<'progress', ProgressState>(
  look,
  function useTotalProgress(_, texts) {
    const summary = useSummary()
    const underWay = countUnderWay(summary)
    const indeterminate = underWay === summary.counts.finishing
    const state = { indeterminate, share: totalShareOf(summary) }
    return { ...bar(texts.translate('totalProgress'), state, texts), isAbsent: underWay === 0 }
  },
)

function bar(label: string, { indeterminate, share }: ProgressState, { format }: UploaderTexts) {
  const own = {
    value: share,
    'aria-label': label,
    'aria-valuetext': format.percent(share),
    style: { '--s3u-share': share },
  }
  return { state: { indeterminate, share }, own }
}
